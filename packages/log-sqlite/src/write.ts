import type { Database } from '@portreeve/database'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import { partitionForKey } from '@portreeve/log'
import { toFailure } from './errors.ts'
import { readKey, writeTimestamp } from './frame.ts'
import { placeOf, recordSum } from './place.ts'
import type { Positions } from './positions.ts'
import type { PositionChange, WriteInput, WriteOutput } from './protocol.ts'
import type { Partition, Topic, Topics } from './topics.ts'

/** Bytes before each frame in `packed`. */
export const PREAMBLE = 12

/** A frame, and the partition that it goes to. */
interface Placed {
  readonly at: number
  readonly length: number
  readonly place: Partition
}

/** Group commit: all operations of one message in one transaction, one flush. */
export class Writer {
  readonly #database: Database
  readonly #topics: Topics
  readonly #positions: Positions
  readonly #insert

  constructor(database: Database, topics: Topics, positions: Positions) {
    this.#database = database
    this.#topics = topics
    this.#positions = positions
    this.#insert = database.prepare('INSERT INTO record VALUES (?, ?, ?)')
  }

  /** The partitions that have grown are added to `grown`. */
  write(input: WriteInput, grown: Set<Partition>): WriteOutput {
    const packed = Buffer.from(input.packed)
    const topics = input.topics.map((name) => this.#topics.find(name) ?? name)
    const refused: { operation: number; failure: ReturnType<typeof toFailure> }[] = []
    const changes = Map.groupBy(input.positions, ({ operation }) => operation)
    const accepted: { records: Placed[]; first: number; positions: { slot: number; change: PositionChange }[] }[] = []
    let at = 0
    let first = 0
    for (const [operation, count] of input.counts.entries()) {
      const end = endOf(packed, at, count)
      try {
        const positions = (changes.get(operation) ?? []).map((change) => {
          return { slot: this.#topics.partition(change.topic, change.partition).slot, change }
        })
        accepted.push({ records: placeRecords(packed, at, count, topics), first, positions })
      } catch (error) {
        if (!isPortreeveError(error)) throw error
        refused.push({ operation, failure: toFailure(error) })
      }
      at = end
      first += count
    }
    const placements = new Float64Array(first * 2)
    const before = new Map<Partition, Partition>()
    try {
      this.#database.transaction(() => {
        for (const { records, first, positions } of accepted) {
          this.#insertAll(packed, records, input.now, placements.subarray(first * 2), before)
          for (const { slot, change } of positions) {
            this.#positions.save(change.group, slot, change.offset, change.metadata)
          }
        }
        for (const partition of before.keys()) this.#topics.save(partition)
      })
    } catch (error) {
      for (const [partition, was] of before) Object.assign(partition, was)
      throw error
    }
    for (const partition of before.keys()) grown.add(partition)
    return { placements, refused }
  }

  #insertAll(
    packed: Buffer,
    records: readonly Placed[],
    now: number,
    placements: Float64Array,
    before: Map<Partition, Partition>,
  ): void {
    let to = 0
    for (const { at, length, place } of records) {
      if (!before.has(place)) before.set(place, { ...place })
      place.lastTimestamp = Math.max(place.lastTimestamp, now)
      writeTimestamp(packed, at, place.lastTimestamp)
      const frame = packed.subarray(at, at + length)
      const row = placeOf(place.slot, place.end)
      this.#insert.run(row, recordSum(row, frame), frame)
      placements[to++] = place.partition
      placements[to++] = place.end
      place.end += 1
      place.bytes += length
    }
  }
}

function endOf(packed: Buffer, start: number, count: number): number {
  let at = start
  for (let i = 0; i < count; i++) at += PREAMBLE + packed.readUInt32LE(at)
  return at
}

/** Throws `PRV_LOG_TOPIC_UNKNOWN`, `PRV_LOG_PARTITION_UNKNOWN`. */
function placeRecords(packed: Buffer, start: number, count: number, topics: readonly (Topic | string)[]): Placed[] {
  const records: Placed[] = []
  let at = start
  for (let i = 0; i < count; i++) {
    const length = packed.readUInt32LE(at)
    const topic = topics[packed.readUInt32LE(at + 4)]
    const wanted = packed.readInt32LE(at + 8)
    at += PREAMBLE
    if (topic === undefined || typeof topic === 'string') {
      throw new PortreeveError('PRV_LOG_TOPIC_UNKNOWN', { topic: topic ?? null })
    }
    records.push({ at, length, place: choose(topic, wanted, packed, at) })
    at += length
  }
  return records
}

function choose(topic: Topic, wanted: number, packed: Buffer, at: number): Partition {
  const { partitions, description } = topic
  const found = partitions[wanted < 0 ? byKey(topic, packed, at) : wanted]
  if (found !== undefined) return found
  const details = { topic: description.name, partition: wanted, partitions: partitions.length }
  throw new PortreeveError('PRV_LOG_PARTITION_UNKNOWN', details)
}

function byKey(topic: Topic, packed: Buffer, at: number): number {
  const key = readKey(packed, at)
  if (key !== null) return partitionForKey(key, topic.partitions.length)
  topic.turn = (topic.turn + 1) % topic.partitions.length
  return topic.turn
}
