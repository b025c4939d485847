import { basename } from 'node:path'
import { checkBySchema } from './check-by-schema.ts'
import type { ConfigurationPlace } from './configuration.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import { type RouteCase, RouteTestFile } from './route-test-schema.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

/** The cases that stand beside a route, and where each begins. */
export interface RouteTest {
  /** Of the route. */
  readonly route: string
  readonly cases: readonly (RouteCase & { readonly place: ConfigurationPlace })[]
}

/** Reads `routes/<name>.test.yaml`; `routes` are the names of those that there are. */
export function readRouteTest(
  source: YamlSource,
  routes: ReadonlySet<string>,
): { test?: RouteTest; problems: readonly LintProblem[] } {
  const route = basename(source.file, '.test.yaml')
  if (source.problems.length > 0) return { problems: source.problems }
  if (!routes.has(route)) return { problems: [noSuchRoute(source, route)] }
  const { value, problems } = checkBySchema(RouteTestFile, source.value, source, [])
  if (value === undefined) return { problems }
  const astray = value.cases.flatMap(({ given }, index) =>
    given.flatMap((one, at) => oneOrTheOther(one, source, ['cases', index, 'given', at])),
  )
  if (astray.length > 0) return { problems: astray }
  const cases = value.cases.map((one, index) => ({ ...one, place: source.placeOf(['cases', index]) }))
  return { test: { route, cases }, problems }
}

/** A schema with alternatives could not say what is wrong in words. */
function oneOrTheOther(
  { document, type, body, key, uprn }: RouteCase['given'][number],
  source: YamlSource,
  path: YamlPath,
): readonly LintProblem[] {
  const isDocument = document !== undefined && [type, body, key, uprn].every((part) => part === undefined)
  const isMessage = document === undefined && type !== undefined && body !== undefined
  if (isDocument || isMessage) return []
  return [
    lintError('bad-value', source.placeOf(path), {
      sentence: 'What is given is neither a document nor a message with type and body.',
      remedy: 'Give it either "document", or "type" and "body".',
    }),
  ]
}

function noSuchRoute(source: YamlSource, route: string): LintProblem {
  return lintError('bad-file-name', source.placeOf([]), {
    sentence: `There is no route ${route}.yaml beside ${source.file}.`,
    remedy: 'Call it as the route that it tests, or move it out of routes/.',
  })
}
