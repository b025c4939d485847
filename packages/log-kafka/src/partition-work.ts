import { setImmediate } from 'node:timers/promises'
import { PortreeveError } from '@portreeve/errors'
import {
  type BatchHandler,
  type ConsumeOptions,
  recordBytes,
  type StoredRecord,
  unlessGivenUp,
  type WriteSet,
} from '@portreeve/log'

const maxMetadataBytes = 4096
const defaultMaxRecords = 500
const defaultMaxBytes = 4 * 1024 * 1024
/** Beyond these the partition is paused; far enough that records come again before they have run out. */
const fullRecords = 20_000
const fullBytes = 32 * 1024 * 1024

/** Where a group stands in a partition. */
export interface Standing {
  readonly offset: number
  readonly metadata: string | null
}

export interface PartitionWorkOptions {
  readonly topic: string
  readonly partition: number
  readonly consume: ConsumeOptions
  readonly handler: BatchHandler
  readonly standing: Standing
  /** Applies a write set whole, or rejects and applies nothing of it. */
  readonly write: (set: WriteSet, from: Standing, to: Standing) => Promise<void>
  /** The consumer stops. */
  readonly stop: AbortSignal
}

/** The records of one partition that a member has been given: hands out their batches, one at a time. */
export class PartitionWork {
  /** Settles when the last batch is over. */
  readonly done: Promise<void>
  readonly topic: string
  readonly partition: number
  readonly #options: PartitionWorkOptions
  readonly #lost = new AbortController()
  readonly #signal: AbortSignal
  #standing: Standing
  #buffer: StoredRecord[] = []
  #bytes = 0
  #reached: number
  #wake: (() => void) | null = null

  constructor(options: PartitionWorkOptions) {
    this.topic = options.topic
    this.partition = options.partition
    this.#options = options
    this.#standing = options.standing
    this.#reached = options.standing.offset
    this.#signal = AbortSignal.any([options.stop, this.#lost.signal])
    this.#signal.addEventListener('abort', () => this.#wake?.(), { once: true })
    this.done = this.#run()
  }

  get isFull(): boolean {
    return this.#buffer.length > fullRecords || this.#bytes > fullBytes
  }

  get isHalfEmpty(): boolean {
    return this.#buffer.length < fullRecords / 2 && this.#bytes < fullBytes / 2
  }

  /** Nothing waits here to be handled. */
  get isIdle(): boolean {
    return this.#buffer.length === 0
  }

  /** Nothing before this offset is still to come. */
  get reached(): number {
    return this.#reached
  }

  /** The client has come to the end of what can be read. */
  reach(offset: number): void {
    this.#reached = Math.max(this.#reached, offset)
  }

  give(record: StoredRecord): void {
    const last = this.#buffer.at(-1)?.offset ?? this.#standing.offset - 1
    if (record.offset <= last || this.#signal.aborted) return
    this.reach(record.offset + 1)
    this.#buffer.push(record)
    this.#bytes += recordBytes(record)
    this.#wake?.()
  }

  get isLost(): boolean {
    return this.#lost.signal.aborted
  }

  /** It goes to another member: nothing more is applied once this has been called. */
  lose(): void {
    this.#lost.abort(this.moved())
  }

  moved(): PortreeveError {
    return new PortreeveError('PRV_LOG_PARTITION_MOVED', { topic: this.topic, partition: this.partition })
  }

  async #run(): Promise<void> {
    const { topic, partition, handler } = this.#options
    const signal = this.#signal
    const { prepare } = this.#options.consume
    if (prepare) await unlessGivenUp(() => prepare({ topic, partition, signal }), signal)
    // A handler that finishes nothing must not keep timers from running.
    for (; !signal.aborted; await setImmediate()) {
      const records = await this.#nextRecords()
      if (signal.aborted || records.length === 0) continue
      const { metadata } = this.#standing
      const set = await unlessGivenUp(() => handler({ topic, partition, records, metadata, signal }), signal)
      if (set === undefined || this.#lost.signal.aborted) return
      await this.#apply(set, records)
    }
  }

  async #apply(set: WriteSet, records: readonly StoredRecord[]): Promise<void> {
    const { finished, metadata = null, append } = set
    if (!Number.isInteger(finished) || finished < 0 || finished > records.length) {
      throw new TypeError(`finished is ${finished}, but the batch has ${records.length} records`)
    }
    const bytes = Buffer.byteLength(metadata ?? '')
    const { group } = this.#options.consume
    if (bytes > maxMetadataBytes) {
      throw new PortreeveError('PRV_LOG_METADATA_TOO_LARGE', { group, bytes, limit: maxMetadataBytes })
    }
    const offset = records[finished]?.offset ?? (records.at(-1)?.offset ?? 0) + 1
    const next = { offset, metadata }
    const isSame = offset === this.#standing.offset && metadata === this.#standing.metadata && append.length === 0
    if (!isSame) await this.#options.write(set, this.#standing, next)
    this.#standing = next
    for (const record of this.#buffer.splice(0, finished)) this.#bytes -= recordBytes(record)
  }

  async #nextRecords(): Promise<readonly StoredRecord[]> {
    const { maxRecords = defaultMaxRecords, maxBytes = defaultMaxBytes, lingerMs = 0 } = this.#options.consume
    for (;;) {
      let bytes = 0
      const stop = this.#buffer.findIndex((record, index) => {
        bytes += recordBytes(record)
        return index >= maxRecords || (index > 0 && bytes > maxBytes)
      })
      const count = stop === -1 ? this.#buffer.length : stop
      const isWhole = stop !== -1 || count >= maxRecords
      const [first] = this.#buffer
      // The broker's clock may be behind ours or before it.
      const leftMs = first ? Math.min(lingerMs, first.timestamp + lingerMs - Date.now()) : 0
      if (this.#signal.aborted) return []
      if (count > 0 && (isWhole || leftMs <= 0)) return this.#buffer.slice(0, count)
      await this.#more(count > 0 ? leftMs : null)
    }
  }

  /** Resolves with the next record, or when the time is over. */
  async #more(withinMs: number | null): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    const timer = withinMs === null ? undefined : setTimeout(resolve, withinMs)
    if (this.#signal.aborted) resolve()
    await promise
    clearTimeout(timer)
    this.#wake = null
  }
}
