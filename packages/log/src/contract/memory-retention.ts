import type { RecordPosition } from '../record.ts'
import { bytesOf, type MemoryPartition, type MemoryStore } from './memory-store.ts'

interface Hold {
  readonly groups: readonly string[]
  readonly positions: readonly RecordPosition[]
}

export function enforceMemoryRetention(store: MemoryStore, hold: Hold): number {
  let removed = 0
  for (const { config, partitions } of store.topics.values()) {
    for (const place of partitions) {
      const floor = floorOf(store, partitions, place, hold)
      let bytes = place.records.reduce((sum, record) => sum + bytesOf(record), 0)
      for (let oldest = place.records[0]; oldest !== undefined && oldest.offset < floor; oldest = place.records[0]) {
        const isOld = oldest.timestamp < Date.now() - (config.retentionMs ?? Number.POSITIVE_INFINITY)
        if (!isOld && bytes <= (config.retentionBytes ?? Number.POSITIVE_INFINITY)) break
        bytes -= bytesOf(oldest)
        place.records.shift()
        place.start = place.records[0]?.offset ?? place.end
        removed++
      }
    }
  }
  return removed
}

function floorOf(
  store: MemoryStore,
  partitions: readonly MemoryPartition[],
  { topic, partition, start, end }: MemoryPartition,
  hold: Hold,
): number {
  const held = hold.positions.filter((position) => position.topic === topic && position.partition === partition)
  const floors = held.map(({ offset }) => offset)
  for (const group of hold.groups) {
    const isHere = partitions.some((each) => store.position(group, topic, each.partition) !== undefined)
    if (isHere) floors.push(store.position(group, topic, partition)?.offset ?? start)
  }
  return Math.min(end, ...floors)
}
