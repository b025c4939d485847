import type { Database } from '@portreeve/database'
import { type Accepted, accept } from './accept.ts'
import { writeTimestamp } from './frame.ts'
import { placeOf, recordSum } from './place.ts'
import type { Positions } from './positions.ts'
import type { WriteInput, WriteOutput } from './protocol.ts'
import type { Partition, Topics } from './topics.ts'

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
    const { accepted, refused, count } = accept(this.#topics, input, packed)
    const placements = new Float64Array(count * 2)
    const before = new Map<Partition, Partition>()
    try {
      this.#database.transaction(() => {
        for (const operation of accepted) this.#apply(operation, packed, input.now, placements, before)
        for (const partition of before.keys()) this.#topics.save(partition)
      })
    } catch (error) {
      for (const [partition, was] of before) Object.assign(partition, was)
      throw error
    }
    for (const partition of before.keys()) grown.add(partition)
    return { placements, refused }
  }

  #apply(
    { records, first, positions }: Accepted,
    packed: Buffer,
    now: number,
    placements: Float64Array,
    before: Map<Partition, Partition>,
  ): void {
    let to = first * 2
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
    for (const { slot, change } of positions) {
      this.#positions.save(change.group, slot, change.offset, change.metadata)
    }
  }
}
