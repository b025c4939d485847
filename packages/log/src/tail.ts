import { PortreeveError } from '@portreeve/errors'
import type { RecordPosition } from './record.ts'
import type { PartitionRange } from './topic.ts'

/**
 * Before a projection goes on: throws `PRV_LOG_TAIL_LOST` when the log ends before something that the projection has
 * already seen. The log has then lost its tail, for instance an older copy of it was put back, and new records would be given
 * offsets that mean something else to the projection.
 *
 * @param ranges of one topic, as `Log.ranges` gives them
 * @param next what the projection would read next, one entry a partition that it has seen; other topics are ignored
 */
export function assertTailPresent(
  topic: string,
  ranges: readonly PartitionRange[],
  next: readonly RecordPosition[],
): void {
  for (const seen of next) {
    if (seen.topic !== topic) continue
    const end = ranges.find(({ partition }) => partition === seen.partition)?.end ?? 0
    if (seen.offset > end) {
      throw new PortreeveError('PRV_LOG_TAIL_LOST', { topic, partition: seen.partition, seen: seen.offset, end })
    }
  }
}
