import type { Configuration } from './configuration.ts'
import { testFiles, textOf } from './configuration-files.ts'
import { configurationInvalid } from './configuration-invalid.ts'
import { byPlace, type LintProblem } from './lint-problem.ts'
import { type RouteTest, readRouteTest, type TestReading, testedFolders } from './route-test-file.ts'
import { YamlSource } from './yaml-source.ts'

export type RouteTestLoading = Pick<TestReading, 'declarations' | 'bodyProblems'>

/** The tests that stand beside routes, processes and quality rules; what is wrong with them comes back as problems. */
export async function loadRouteTests(
  configuration: Configuration,
  loading: RouteTestLoading,
): Promise<{ readonly tests: readonly RouteTest[]; readonly problems: readonly LintProblem[] }> {
  const { folder } = configuration
  const files = await Promise.all(testedFolders.map((kind) => testFiles(folder, kind)))
  const read = await Promise.all(
    files.flat().map(async (file) => {
      return await readRouteTest(new YamlSource(file, await textOf(folder, file)), { ...loading, configuration })
    }),
  )
  return {
    tests: read.flatMap(({ test }) => test ?? []),
    problems: read.flatMap(({ problems }) => problems).sort(byPlace),
  }
}

/** As `loadRouteTests`; rejects with `PRV_CONFIGURATION_INVALID` when there is an error in one. */
export async function requireRouteTests(
  configuration: Configuration,
  loading: RouteTestLoading,
): Promise<readonly RouteTest[]> {
  const { tests, problems } = await loadRouteTests(configuration, loading)
  if (problems.length === 0) return tests
  throw configurationInvalid(configuration.folder, problems)
}
