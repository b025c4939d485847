import { setImmediate } from 'node:timers/promises'
import { PortreeveError } from '@portreeve/errors'
import { type LogRecord, maxRecordBytes, type RecordPosition, recordBytes } from '@portreeve/log'
import { fromFailure } from './errors.ts'
import { frameLength, writeFrame } from './frame.ts'
import { type GroupPosition, type PositionChange, WRITE_PREAMBLE, type WriteOutput } from './protocol.ts'
import type { Thread } from './thread.ts'

/** One transaction holds at most about so much; more waits for the next. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024

/** The worker always has the next transaction at hand while it writes one; more would only be smaller ones. */
const MAX_UNDER_WAY = 2

interface Operation {
  readonly records: readonly LogRecord[]
  readonly resolve: (positions: readonly RecordPosition[]) => void
  readonly reject: (error: unknown) => void
}

/** Operations that go to the worker as one message. */
class Outbox {
  readonly operations: Operation[] = []
  readonly positions: PositionChange[] = []
  readonly topics: string[] = []
  packed: Buffer<ArrayBuffer>
  length = 0

  constructor(capacity: number) {
    // Not from the pool: its memory goes over to the worker.
    this.packed = Buffer.allocUnsafeSlow(capacity)
  }

  pack(record: LogRecord, length: number): void {
    const at = this.length
    this.#reserve(at + WRITE_PREAMBLE + length)
    this.packed.writeUInt32LE(length, at)
    this.packed.writeUInt32LE(this.#topicIndex(record.topic), at + 4)
    this.packed.writeInt32LE(record.partition ?? -1, at + 8)
    this.length = writeFrame(this.packed, at + WRITE_PREAMBLE, record)
  }

  #reserve(length: number): void {
    if (length <= this.packed.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(length, this.packed.length * 2))
    larger.set(this.packed.subarray(0, this.length))
    this.packed = larger
  }

  #topicIndex(topic: string): number {
    const index = this.topics.lastIndexOf(topic)
    return index < 0 ? this.topics.push(topic) - 1 : index
  }
}

/** Packs appends and write sets as they come, and sends to the worker what has come together meanwhile. */
export class Producer {
  readonly #thread: Thread
  readonly #folder: string
  readonly #clock: () => number
  #capacity = 64 * 1024
  #queue: Outbox[] = []
  #underWay = 0
  #scheduled = false

  constructor(thread: Thread, folder: string, clock: () => number) {
    this.#thread = thread
    this.#folder = folder
    this.#clock = clock
  }

  /** All records and the position, whole or not at all; resolves when they are on disk. */
  write(
    records: readonly LogRecord[],
    position?: GroupPosition & { group: string },
  ): Promise<readonly RecordPosition[]> {
    if (records.length === 0 && position === undefined) return Promise.resolve([])
    const lengths: number[] = []
    for (const record of records) {
      const bytes = recordBytes(record)
      if (bytes > maxRecordBytes) return Promise.reject(tooLarge(record.topic, bytes))
      lengths.push(frameLength(record, bytes))
    }
    const outbox = this.#outbox()
    const { promise, resolve, reject } = Promise.withResolvers<readonly RecordPosition[]>()
    for (const [index, record] of records.entries()) outbox.pack(record, lengths[index] ?? 0)
    if (position !== undefined) outbox.positions.push({ ...position, operation: outbox.operations.length })
    outbox.operations.push({ records, resolve, reject })
    this.#schedule()
    return promise
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#queue.length > 0 || this.#underWay > 0) await setImmediate()
  }

  #outbox(): Outbox {
    const last = this.#queue.at(-1)
    if (last !== undefined && last.length < MAX_MESSAGE_BYTES) return last
    const fresh = new Outbox(this.#capacity)
    this.#queue.push(fresh)
    return fresh
  }

  /** After everybody who was woken by the last answer has had a turn to append: so their records share a flush. */
  #schedule(): void {
    if (this.#scheduled || this.#underWay >= MAX_UNDER_WAY || this.#queue.length === 0) return
    this.#scheduled = true
    globalThis.setImmediate(() => {
      this.#scheduled = false
      const outbox = this.#queue.shift()
      if (outbox !== undefined) void this.#send(outbox)
      this.#schedule()
    })
  }

  async #send(outbox: Outbox): Promise<void> {
    const { operations, positions, topics, packed, length } = outbox
    this.#capacity = Math.min(Math.max(64 * 1024, length * 2), MAX_MESSAGE_BYTES)
    this.#underWay++
    try {
      const counts = operations.map(({ records }) => records.length)
      const input = { now: this.#clock(), topics, counts, positions, packed: packed.buffer }
      settle(operations, await this.#thread.call('write', input, [packed.buffer]), this.#folder)
    } catch (error) {
      for (const { reject } of operations) reject(error)
    } finally {
      this.#underWay--
      this.#schedule()
    }
  }
}

function settle(operations: readonly Operation[], { placements, refused }: WriteOutput, folder: string): void {
  for (const { operation, failure } of refused) operations[operation]?.reject(fromFailure(failure, folder))
  let at = 0
  for (const { records, resolve } of operations) {
    const positions: RecordPosition[] = []
    for (const { topic } of records) {
      positions.push({ topic, partition: placements[at++] ?? 0, offset: placements[at++] ?? 0 })
    }
    // Without effect for an operation that was refused.
    resolve(positions)
  }
}

function tooLarge(topic: string, bytes: number): PortreeveError {
  return new PortreeveError('PRV_LOG_RECORD_TOO_LARGE', { topic, bytes, limit: maxRecordBytes })
}
