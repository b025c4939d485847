import type { RecordPosition, TopicDescription } from '@portreeve/log'
import { recordBytes } from '@portreeve/log'
import type { Admin } from './admin.ts'
import type { Ends } from './ends.ts'
import type { Reader } from './reader.ts'

interface Parts {
  readonly admin: Admin
  readonly ends: Ends
  readonly reader: Reader
  readonly topics: () => Promise<readonly TopicDescription[]>
  readonly positions: (group: string) => Promise<readonly RecordPosition[]>
}

/** What retention lets go: the log's own doing, for a broker would not wait for a group. */
export async function enforceRetention(
  { admin, ends, reader, topics, positions }: Parts,
  hold: { readonly groups: readonly string[]; readonly positions: readonly RecordPosition[] },
): Promise<number> {
  const ofGroups = await Promise.all(hold.groups.map((group) => positions(group)))
  let removed = 0
  for (const { name: topic, partitions, retentionMs, retentionBytes } of await topics()) {
    if (retentionMs === undefined && retentionBytes === undefined) continue
    const filled = (await ends.ofTopic(topic, partitions)).filter(({ start, end }) => start < end)
    const onDisk = retentionBytes === undefined ? null : await admin.diskBytes(topic, partitions)
    for (const { partition, start, end } of filled) {
      const range = { topic, partition, start, end }
      const isTooLarge = retentionBytes !== undefined && (onDisk?.get(partition) ?? 0) > retentionBytes
      const young = retentionMs === undefined ? start : await youngFrom(admin, range, Date.now() - retentionMs)
      const within = isTooLarge ? await beyond(reader, range, retentionBytes) : start
      const held = heldFrom(range, ofGroups, hold.positions) ?? end
      const before = Math.min(Math.max(young, within), held)
      if (before <= start) continue
      await admin.deleteBefore({ topic, partition, offset: before })
      removed += before - start
    }
  }
  return removed
}

async function youngFrom(admin: Admin, { topic, partition, end }: Range, timeMs: number): Promise<number> {
  return (await admin.offsetAtTime(topic, partition, timeMs + 1)) ?? end
}

/** The first offset that somebody holds; `null`: nobody does. */
function heldFrom(
  { topic, partition, start }: { topic: string; partition: number; start: number },
  ofGroups: readonly (readonly RecordPosition[])[],
  positions: readonly RecordPosition[],
): number | null {
  const isHere = (place: RecordPosition) => place.topic === topic && place.partition === partition
  const byGroups = ofGroups.flatMap((group) => {
    if (!group.some((place) => place.topic === topic)) return []
    return [group.find(isHere)?.offset ?? start]
  })
  const all = [...byGroups, ...positions.filter(isHere).map(({ offset }) => offset)]
  return all.length === 0 ? null : Math.min(...all)
}

interface Range {
  readonly topic: string
  readonly partition: number
  readonly start: number
  readonly end: number
}

async function* sizes(reader: Reader, { topic, partition, start, end }: Range) {
  for (let from = start; from < end; ) {
    const { records, next } = await reader.read({ topic, partition, from, maxRecords: 10_000 })
    for (const record of records) if (record.offset < end) yield { offset: record.offset, bytes: recordBytes(record) }
    if (next <= from) return
    from = next
  }
}

/** Bytes of the records in a range. */
async function bytesIn(reader: Reader, range: Range): Promise<number> {
  let sum = 0
  for await (const { bytes } of sizes(reader, range)) sum += bytes
  return sum
}

/** The offset from which on the partition holds no more than so many bytes. */
async function beyond(reader: Reader, range: Range, retentionBytes: number): Promise<number> {
  let left = await bytesIn(reader, range)
  for await (const { offset, bytes } of sizes(reader, range)) {
    if (left <= retentionBytes) return offset
    left -= bytes
  }
  return left <= retentionBytes ? range.end : range.start
}
