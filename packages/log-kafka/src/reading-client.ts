import { PortreeveError } from '@portreeve/errors'
import { type ReadResult, recordBytes, type StoredRecord } from '@portreeve/log'
import { clientSettings, type KafkaConnection, requestTimeoutMs } from './connection.ts'
import { pump } from './pump.ts'
import { call, type RawConsumer, type RawMessage, type RawOffset, type RawPlace, type Rdkafka } from './rdkafka.ts'
import { toStored } from './records.ts'

interface Stream {
  readonly place: RawPlace
  isClaimed: boolean
  releasedMs: number
  /** Offset that is handed out next; -1: it has none yet. */
  next: number
  buffer: StoredRecord[]
  bytes: number
  isPaused: boolean
  /** Before it nothing is missing in the buffer. */
  eof: number
  wake: (() => void) | null
}

export interface TakeOptions {
  readonly maxRecords: number
  readonly maxBytes: number
  readonly signal: AbortSignal | undefined
  /** What stands before it has to come, however long it takes. */
  readonly end: number
  /** How long to wait for what is not there yet; `null`: as long as `end` asks for. */
  readonly waitMs: number | null
}

const fullRecords = 20_000
const fullBytes = 8 * 1024 * 1024
/** A partition that nobody has read for so long is let go, and what was fetched of it. */
const idleMs = 30_000

/** A member of no group, which reads several partitions, each once at a time. */
export class ReadingClient {
  readonly #streams = new Map<string, Stream>()
  readonly #stop = new AbortController()
  readonly #rdkafka: Rdkafka
  readonly #connection: KafkaConnection
  #raw: Promise<RawConsumer> | null = null
  #pumping: Promise<void> | null = null
  #failed: unknown
  #betweenAsking: (() => void)[] = []

  constructor(rdkafka: Rdkafka, connection: KafkaConnection) {
    this.#rdkafka = rdkafka
    this.#connection = connection
  }

  /** It can be of use no more. */
  get hasFailed(): boolean {
    return this.#failed !== undefined
  }

  isFree(place: RawPlace): boolean {
    return !(this.#streams.get(keyOf(place))?.isClaimed ?? false)
  }

  isAt(place: RawOffset): boolean {
    return this.#streams.get(keyOf(place))?.next === place.offset
  }

  hasRecordsAt(place: RawOffset): boolean {
    return this.isAt(place) && (this.#streams.get(keyOf(place))?.buffer.length ?? 0) > 0
  }

  claim({ topic, partition }: RawPlace): void {
    const place = { topic, partition }
    const found = this.#streams.get(keyOf(place))
    if (found) found.isClaimed = true
    else this.#streams.set(keyOf(place), freshStream(place))
  }

  release(place: RawPlace): void {
    const stream = this.#streams.get(keyOf(place))
    if (stream) Object.assign(stream, { isClaimed: false, releasedMs: Date.now() })
  }

  /** Records from the place on; none when none came in time. The place is claimed. */
  async take(place: RawOffset, { maxRecords, maxBytes, signal, end, waitMs }: TakeOptions): Promise<ReadResult> {
    const stream = this.#streams.get(keyOf(place))
    if (!stream) throw new TypeError('nobody has claimed this partition')
    const raw = await this.#open()
    // One that is being taken down is not touched.
    if (this.#failed) throw this.#failed
    await this.#moveTo(raw, stream, place.offset)
    const over = waitMs === null ? Number.POSITIVE_INFINITY : Date.now() + waitMs
    while (stream.buffer.length === 0 && (waitMs === null ? stream.eof < end : Date.now() < over)) {
      await this.#change(stream, signal, over)
      if (this.#failed) throw this.#failed
      signal?.throwIfAborted()
    }
    let bytes = 0
    const stop = stream.buffer.findIndex((record, index) => {
      bytes += recordBytes(record)
      return index >= maxRecords || (index > 0 && bytes > maxBytes)
    })
    const records = stream.buffer.splice(0, stop === -1 ? stream.buffer.length : stop)
    for (const record of records) stream.bytes -= recordBytes(record)
    const last = records.at(-1)
    stream.next = last ? last.offset + 1 : Math.max(stream.next, stream.eof)
    resumeWhenEmptier(raw, stream)
    return { records, next: stream.next }
  }

  async close(): Promise<void> {
    this.#failed ??= new PortreeveError('PRV_LOG_CLOSED', { operation: 'read' })
    this.#stop.abort()
    this.#wakeAll()
    await this.#pumping
    const raw = await this.#raw?.catch(() => null)
    if (raw) await call((done) => raw.disconnect(done)).catch(() => undefined)
  }

  /** Resolves with the next record or the end of the partition, or when the time is over. */
  async #change(stream: Stream, signal: AbortSignal | undefined, over: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const wake = () => resolve()
    stream.wake = wake
    const timer = Number.isFinite(over) ? setTimeout(wake, over - Date.now()) : undefined
    signal?.addEventListener('abort', wake, { once: true })
    if (this.#failed || signal?.aborted) wake()
    await promise
    clearTimeout(timer)
    signal?.removeEventListener('abort', wake)
    stream.wake = null
  }

  #open(): Promise<RawConsumer> {
    this.#raw ??= this.#connect().catch((error) => {
      this.#raw = null
      throw error
    })
    return this.#raw
  }

  async #connect(): Promise<RawConsumer> {
    const raw = new this.#rdkafka.KafkaConsumer(
      {
        ...clientSettings(this.#connection),
        // Nobody joins it; but a broker lets in who may use groups with the log's prefix only.
        'group.id': `${this.#connection.prefix ?? ''}portreeve-readers`,
        'partition.assignment.strategy': 'cooperative-sticky',
        'enable.auto.commit': false,
        'enable.auto.offset.store': false,
        'isolation.level': 'read_committed',
        'enable.partition.eof': true,
        'fetch.wait.max.ms': 100,
        'queued.max.messages.kbytes': 16_384,
        'fetch.queue.backoff.ms': 10,
      },
      { 'auto.offset.reset': 'error' },
    )
    raw.on('event.error', () => undefined)
    raw.on('partition.eof', (at: RawOffset) => {
      const stream = this.#streams.get(keyOf(at))
      if (!stream || at.offset < stream.next) return
      stream.eof = at.offset
      stream.wake?.()
    })
    await call((done) => raw.connect({ timeout: requestTimeoutMs }, done))
    this.#pumping = pump(raw, (messages) => this.#give(raw, messages), this.#stop.signal).catch((error) => {
      this.#failed ??= error
      this.#wakeAll()
    })
    return raw
  }

  #give(raw: RawConsumer, messages: readonly RawMessage[]): void {
    let stream: Stream | undefined
    for (const message of messages) {
      const { topic, partition } = message
      // Most come behind one of the same partition.
      if (stream?.place.partition !== partition || stream.place.topic !== topic)
        stream = this.#streams.get(keyOf(message))
      const newest = stream?.buffer.at(-1)?.offset ?? (stream ? stream.next - 1 : 0)
      // What was on its way before the stream was moved.
      if (!stream || message.offset <= newest) continue
      const record = toStored(message)
      stream.buffer.push(record)
      stream.bytes += recordBytes(record)
      pauseWhenFull(raw, stream)
      stream.wake?.()
    }
    this.#letGoIdle(raw)
    for (const act of this.#betweenAsking.splice(0)) act()
  }

  async #moveTo(raw: RawConsumer, stream: Stream, from: number): Promise<void> {
    if (stream.next === from) return
    if (stream.next !== -1) await this.#letGoSoon(raw, stream)
    raw.incrementalAssign([{ ...stream.place, offset: from }])
    Object.assign(stream, { next: from, buffer: [], bytes: 0, isPaused: false, eof: -1 })
  }

  /** While the client is being asked for records, those of the old place may be on their way. */
  async #letGoSoon(raw: RawConsumer, stream: Stream): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#betweenAsking.push(() => {
      if (!this.#failed) letGo(raw, stream)
      resolve()
    })
    await promise
    if (this.#failed) throw this.#failed
  }

  #letGoIdle(raw: RawConsumer): void {
    for (const [key, stream] of this.#streams) {
      if (stream.isClaimed || Date.now() - stream.releasedMs < idleMs) continue
      this.#streams.delete(key)
      if (stream.next !== -1) letGo(raw, stream)
    }
  }

  #wakeAll(): void {
    for (const { wake } of this.#streams.values()) wake?.()
    for (const act of this.#betweenAsking.splice(0)) act()
  }
}

function freshStream(place: RawPlace): Stream {
  return {
    place,
    isClaimed: true,
    releasedMs: 0,
    next: -1,
    buffer: [],
    bytes: 0,
    isPaused: false,
    eof: -1,
    wake: null,
  }
}

function letGo(raw: RawConsumer, { place, isPaused }: Stream): void {
  // It would still be paused when it is assigned again.
  if (isPaused) raw.resume([place])
  raw.incrementalUnassign([place])
}

function pauseWhenFull(raw: RawConsumer, stream: Stream): void {
  if (stream.isPaused || (stream.buffer.length < fullRecords && stream.bytes < fullBytes)) return
  stream.isPaused = true
  raw.pause([stream.place])
}

function resumeWhenEmptier(raw: RawConsumer, stream: Stream): void {
  if (!stream.isPaused || stream.buffer.length > fullRecords / 2 || stream.bytes > fullBytes / 2) return
  stream.isPaused = false
  raw.resume([stream.place])
}

function keyOf({ topic, partition }: RawPlace): string {
  return `${topic}/${partition}`
}
