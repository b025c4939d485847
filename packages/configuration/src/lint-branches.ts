import type { DeliveryRoute } from './configuration.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

/** What is wrong with a condition, told where it stands. */
export function lintCondition(
  condition: unknown,
  source: YamlSource,
  path: YamlPath,
  conditionProblems: (condition: unknown) => readonly string[],
): readonly LintProblem[] {
  if (condition === undefined) return []
  return conditionProblems(condition).map((sentence) =>
    lintError('bad-condition', source.placeOf(path), {
      sentence,
      remedy: 'See docs/how-to/write-a-route.md for conditions.',
    }),
  )
}

/** Branches behind one that takes everything. */
export function lintUnreachable(
  { branches }: DeliveryRoute,
  source: YamlSource,
  branchPath: (index: number) => YamlPath,
): readonly LintProblem[] {
  const greedy = branches.findIndex(({ when }) => when === undefined)
  if (greedy === -1 || greedy === branches.length - 1) return []
  return [
    lintError('unreachable', source.placeOf(branchPath(greedy)), {
      sentence: `Branch ${greedy + 1} takes everything, so those after it get nothing.`,
      remedy: 'Put it last, or give it a "when".',
    }),
  ]
}
