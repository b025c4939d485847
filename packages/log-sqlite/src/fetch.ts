import type { Database } from '@portreeve/database'
import { PortreeveError } from '@portreeve/errors'
import { readTimestamp } from './frame.ts'
import { offsetOf, placeOf, recordSum } from './place.ts'
import { withinRange } from './positions.ts'
import { FETCH_PREAMBLE, type FetchInput, type FetchOutput } from './protocol.ts'
import type { Partition, Topics } from './topics.ts'

/** A fetch that has found some records, or none yet. */
interface Pending {
  readonly input: FetchInput
  readonly place: Partition
  readonly frames: { readonly offset: number; readonly frame: Uint8Array }[]
  bytes: number
  next: number
  timer: NodeJS.Timeout | undefined
  readonly settle: { resolve: (output: FetchOutput) => void; reject: (error: unknown) => void }
}

/** Reads records and verifies each; fetches that want more than there is wait here for the next write. */
export class Fetches {
  readonly #topics: Topics
  readonly #select
  readonly #waiting = new Map<number, Pending>()

  constructor(database: Database, topics: Topics) {
    this.#topics = topics
    this.#select = database.prepare(
      'SELECT place, sum, frame FROM record WHERE place >= ? AND place < ? ORDER BY place',
      { place: 'integer', sum: 'integer', frame: 'blob' },
    )
  }

  fetch(input: FetchInput): Promise<FetchOutput> {
    const { promise, ...settle } = Promise.withResolvers<FetchOutput>()
    const place = this.#topics.partition(input.topic, input.partition)
    const pending: Pending = { input, place, frames: [], bytes: 0, next: input.from, timer: undefined, settle }
    this.#waiting.set(input.fetch, pending)
    if (this.#advance(pending, input.now)) return promise
    const { waitMs } = input
    if (pending.frames.length === 0 && waitMs !== null) pending.timer = setTimeout(() => this.#finish(pending), waitMs)
    return promise
  }

  /** Goes on with the fetches that wait for these partitions. */
  grown(partitions: ReadonlySet<Partition>): void {
    for (const pending of this.#waiting.values()) if (partitions.has(pending.place)) this.#advance(pending)
  }

  /** The fetch answers at once with what it has. */
  cancel(fetch: number): void {
    const pending = this.#waiting.get(fetch)
    if (pending !== undefined) this.#finish(pending)
  }

  cancelAll(): void {
    for (const pending of this.#waiting.values()) this.#finish(pending)
  }

  /** Reads what there is; true when the fetch is finished with that. `now`: where it may have been there for long. */
  #advance(pending: Pending, now?: number): boolean {
    const { input, frames } = pending
    const had = frames.length
    try {
      withinRange(pending.place, pending.next)
      const full = this.#read(pending)
      const enough = frames.length > 0 ? lingerLeftMs(pending, now) === 0 : input.waitMs === 0
      if (full || enough) return this.#finish(pending)
    } catch (error) {
      // What stands before the damage is sound and goes out first; the next fetch begins at the damage and tells it.
      if (frames.length > 0) return this.#finish(pending)
      this.#remove(pending)
      pending.settle.reject(error)
      return true
    }
    if (had === 0 && frames.length > 0) {
      clearTimeout(pending.timer)
      pending.timer = setTimeout(() => this.#finish(pending), lingerLeftMs(pending, now))
    }
    return false
  }

  /** True when the batch is as large as it may be. */
  #read(pending: Pending): boolean {
    const { input, place, frames } = pending
    if (frames.length >= input.maxRecords || pending.next === place.end) return frames.length >= input.maxRecords
    for (const row of this.#select.iterate(placeOf(place.slot, pending.next), placeOf(place.slot, place.end))) {
      const offset = offsetOf(row.place)
      if (offset !== pending.next || recordSum(row.place, row.frame) !== row.sum) throw corrupt(pending)
      if (frames.length > 0 && pending.bytes + row.frame.length > input.maxBytes) return true
      frames.push({ offset, frame: row.frame })
      pending.bytes += row.frame.length
      pending.next = offset + 1
      if (frames.length >= input.maxRecords || pending.bytes >= input.maxBytes) return true
    }
    if (pending.next !== place.end) throw corrupt(pending)
    return false
  }

  #finish(pending: Pending): true {
    this.#remove(pending)
    pending.settle.resolve(pack(pending))
    return true
  }

  #remove(pending: Pending): void {
    clearTimeout(pending.timer)
    this.#waiting.delete(pending.input.fetch)
  }
}

/** A clock that has fallen makes nobody wait longer. */
function lingerLeftMs({ input: { lingerMs }, frames: [first] }: Pending, now?: number): number {
  if (first === undefined || now === undefined) return lingerMs
  const written = readTimestamp(Buffer.from(first.frame.buffer, first.frame.byteOffset), 0)
  return Math.max(0, lingerMs - Math.max(0, now - written))
}

function corrupt({ place: { topic, partition }, next: offset }: Pending): PortreeveError {
  return new PortreeveError('PRV_LOG_RECORD_CORRUPT', { topic, partition, offset, next: offset + 1 })
}

function pack({ frames, bytes, next }: Pending): FetchOutput {
  const packed = Buffer.allocUnsafeSlow(bytes + frames.length * FETCH_PREAMBLE)
  let at = 0
  for (const { offset, frame } of frames) {
    packed.writeDoubleLE(offset, at)
    packed.writeUInt32LE(frame.length, at + 8)
    packed.set(frame, at + FETCH_PREAMBLE)
    at += FETCH_PREAMBLE + frame.length
  }
  return { packed: packed.buffer, count: frames.length, next }
}
