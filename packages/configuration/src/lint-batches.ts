import type { TopicConfiguration } from './configuration.ts'
import { type LintProblem, lintWarning } from './lint-problem.ts'
import type { LocatedRoute } from './route-file.ts'

/** From here on somebody means one batch for all that comes, such as a file a day. */
const longWaitSeconds = 60

/** A batch that is waited for long, of a topic with several partitions: each of them makes a batch of its own. */
export function lintBatches(
  located: readonly LocatedRoute[],
  topics: ReadonlyMap<string, TopicConfiguration>,
): readonly LintProblem[] {
  return located.flatMap(({ route, source }) => {
    if (route.kind !== 'delivery' || route.batch.maxWaitSeconds < longWaitSeconds) return []
    const several = route.from.map((type) => ({ type, partitions: topics.get(type)?.partitions ?? 1 }))
    return several.flatMap(({ type, partitions }) =>
      partitions === 1
        ? []
        : lintWarning('batch-per-partition', source.placeOf(['batch', 'maxWaitSeconds']), {
            sentence: `${type} has ${partitions} partitions, and each makes a batch of its own: ${partitions} of them in this time.`,
            remedy: `Take partitions out under topics in broker.yaml before anything is written there, if one batch is meant; else leave it.`,
          }),
    )
  })
}
