import type { Log } from './log.ts'
import type { PartitionRange } from './topic.ts'

/**
 * Whether a range holds a record at `next` or behind it. Offsets may have gaps, at the end of a range too: who has read
 * everything may stand before `end` for ever. So this looks for a record instead of comparing.
 */
export async function hasRecordsFrom(
  log: Pick<Log, 'read'>,
  topic: string,
  { partition, start, end }: PartitionRange,
  next: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const from = Math.max(start, next)
  if (from >= end) return false
  const { records } = await log.read({ topic, partition, from, maxRecords: 1, ...(signal && { signal }) })
  return records.some(({ offset }) => offset < end)
}
