import { basename } from 'node:path'
import { checkBySchema } from './check-by-schema.ts'
import type { Configuration, ConfigurationPlace } from './configuration.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import { type RouteCase, RouteTestFile } from './route-test-schema.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

/** The cases that stand beside a route, and where each begins. */
export interface RouteTest {
  /** Of the route. */
  readonly route: string
  readonly cases: readonly (RouteCase & { readonly place: ConfigurationPlace })[]
}

/** Reads `routes/<name>.test.yaml` of a configuration. */
export function readRouteTest(
  source: YamlSource,
  configuration: Pick<Configuration, 'routes' | 'adapters'>,
): { test?: RouteTest; problems: readonly LintProblem[] } {
  const route = basename(source.file, '.test.yaml')
  if (source.problems.length > 0) return { problems: source.problems }
  if (!configuration.routes.some(({ name }) => name === route)) return { problems: [noSuchRoute(source, route)] }
  const { value, problems } = checkBySchema(RouteTestFile, source.value, source, [])
  if (value === undefined) return { problems }
  const astray = value.cases.flatMap(({ given }, index) =>
    given.flatMap((one, at) => oneOrTheOther(one, source, ['cases', index, 'given', at])),
  )
  const unknown = value.cases.flatMap((one, index) => unknownNames(one, configuration, source, ['cases', index]))
  if (astray.length + unknown.length > 0) return { problems: [...astray, ...unknown] }
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

/** Labels and receivers that the configuration does not have: nothing would ever come of them. */
function unknownNames(
  { given, answers = {}, expect }: RouteCase,
  { routes, adapters }: Pick<Configuration, 'routes' | 'adapters'>,
  source: YamlSource,
  path: YamlPath,
): readonly LintProblem[] {
  const labels = adapters.map(({ label }) => label)
  const receivers = routes.flatMap((route) =>
    route.kind === 'split' ? [] : route.branches.flatMap(({ to }) => to.map((label) => `${route.name}.${label}`)),
  )
  const keysOf = (at: readonly string[], value: object = {}) => Object.keys(value).map((name) => [...at, name])
  const named = [...keysOf(['answers'], answers), ...keysOf(['expect', 'sent'], expect.sent)]
  const inboxes = given.flatMap(({ inbox }, index) => (inbox === undefined ? [] : [{ inbox, index }]))
  const unknown = (name: string, known: readonly string[], where: YamlPath, which: 'key' | 'value') =>
    known.includes(name)
      ? []
      : lintError('unknown-label', source.placeOf([...path, ...where], which), {
          sentence: `The configuration has no ${known === labels ? 'adapter labelled' : 'receiver'} "${name}".`,
          remedy: `Use one of: ${[...new Set(known)].join(', ')}.`,
        })
  return [
    ...inboxes.flatMap(({ inbox, index }) => unknown(inbox, labels, ['given', index, 'inbox'], 'value')),
    ...named.flatMap((at) => unknown(at.at(-1) ?? '', labels, at, 'key')),
    ...keysOf(['expect', 'states'], expect.states).flatMap((at) => unknown(at.at(-1) ?? '', receivers, at, 'key')),
  ]
}

function noSuchRoute(source: YamlSource, route: string): LintProblem {
  return lintError('bad-file-name', source.placeOf([]), {
    sentence: `There is no route ${route}.yaml beside ${source.file}.`,
    remedy: 'Call it as the route that it tests, or move it out of routes/.',
  })
}
