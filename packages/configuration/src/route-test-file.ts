import { basename, dirname } from 'node:path'
import { checkBySchema } from './check-by-schema.ts'
import type { Configuration, ConfigurationPlace } from './configuration.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import { type TestSurroundings, unknownNames } from './route-test-names.ts'
import { type RouteCase, RouteTestFile } from './route-test-schema.ts'
import { readStep, type StepReading, type TestStep } from './route-test-steps.ts'
import type { YamlSource } from './yaml-source.ts'

/** Folders whose files have tests beside them. */
export const testedFolders = ['routes', 'processes', 'quality'] as const
type TestedFolder = (typeof testedFolders)[number]

/** The cases that stand beside a route, a process or quality rules. */
export interface RouteTest {
  readonly kind: 'route' | 'process' | 'quality'
  /** What the file beside it is called. */
  readonly of: string
  readonly cases: readonly TestCase[]
}

/** One case, read and ready to be played, and where it begins. */
export interface TestCase extends Omit<RouteCase, 'given'> {
  readonly steps: readonly TestStep[]
  readonly place: ConfigurationPlace
}

export interface TestReading extends Pick<StepReading, 'bodyProblems'>, Pick<TestSurroundings, 'declarations'> {
  readonly configuration: Pick<Configuration, 'folder' | 'routes' | 'adapters' | 'processes' | 'quality'>
}

const kinds = { routes: 'route', processes: 'process', quality: 'quality' } as const

/** Reads `<name>.test.yaml` of a configuration, and the files that it names. */
export async function readRouteTest(
  source: YamlSource,
  reading: TestReading,
): Promise<{ test?: RouteTest; problems: readonly LintProblem[] }> {
  const { configuration } = reading
  const of = basename(source.file, '.test.yaml')
  const folder = testedFolders.find((name) => name === dirname(source.file)) ?? 'routes'
  if (source.problems.length > 0) return { problems: source.problems }
  if (!configuration[folder].some(({ name }) => name === of)) return { problems: [nothingBeside(source, folder, of)] }
  const { value, problems } = checkBySchema(RouteTestFile, source.value, source, [])
  if (value === undefined) return { problems }
  const unknown = value.cases.flatMap((one, index) => unknownNames(one, reading, source, ['cases', index]))
  const steps = await Promise.all(
    value.cases.map(async ({ given }, index) => {
      const read = given.map(async (one, at) => {
        return await readStep(one, ['cases', index, 'given', at], { ...reading, source, folder: configuration.folder })
      })
      return await Promise.all(read)
    }),
  )
  const wrong = [...unknown, ...steps.flatMap((read) => read.flatMap((found) => found.problems))]
  if (wrong.length > 0) return { problems: wrong }
  const cases = value.cases.map(({ given: _given, ...one }, index): TestCase => {
    const mine = steps[index]?.flatMap(({ step }) => step ?? []) ?? []
    return { ...one, steps: mine, place: source.placeOf(['cases', index]) }
  })
  return { test: { kind: kinds[folder], of, cases }, problems }
}

function nothingBeside(source: YamlSource, folder: TestedFolder, of: string): LintProblem {
  return lintError('bad-file-name', source.placeOf([]), {
    sentence: `There is no file ${folder}/${of}.yaml beside ${source.file}.`,
    remedy: `Call it as what it tests, or move it out of ${folder}/.`,
  })
}
