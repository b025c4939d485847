import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import { partitionForKey } from '@portreeve/log'
import { toFailure } from './errors.ts'
import { readKey } from './frame.ts'
import { type PositionChange, WRITE_PREAMBLE, type WriteInput, type WriteOutput } from './protocol.ts'
import type { Partition, Topic, Topics } from './topics.ts'

/** An operation that has a place for everything. */
export interface Accepted {
  readonly records: readonly Placed[]
  /** Number of its first record in the message. */
  readonly first: number
  readonly positions: readonly { readonly slot: number; readonly change: PositionChange }[]
}

/** A frame, and the partition that it goes to. */
export interface Placed {
  readonly at: number
  readonly length: number
  readonly place: Partition
}

/** Looks every operation of a message through before anything is written: one that is wrong does not spoil the others. */
export function accept(topics: Topics, input: WriteInput, packed: Buffer) {
  const known = input.topics.map((name) => topics.find(name) ?? name)
  const changes = Map.groupBy(input.positions, ({ operation }) => operation)
  const accepted: Accepted[] = []
  const refused: WriteOutput['refused'][number][] = []
  let at = 0
  let first = 0
  for (const [operation, count] of input.counts.entries()) {
    const start = at
    at = endOf(packed, start, count)
    try {
      const positions = (changes.get(operation) ?? []).map((change) => {
        return { slot: topics.partition(change.topic, change.partition).slot, change }
      })
      accepted.push({ records: placeRecords(packed, start, count, known), first, positions })
    } catch (error) {
      if (!isPortreeveError(error)) throw error
      refused.push({ operation, failure: toFailure(error) })
    }
    first += count
  }
  return { accepted, refused, count: first }
}

function endOf(packed: Buffer, start: number, count: number): number {
  let at = start
  for (let i = 0; i < count; i++) at += WRITE_PREAMBLE + packed.readUInt32LE(at)
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
    at += WRITE_PREAMBLE
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
