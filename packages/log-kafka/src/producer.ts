import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { PortreeveError } from '@portreeve/errors'
import { type LogRecord, type RecordPosition, recordBytes } from '@portreeve/log'
import { clientSettings, type KafkaConnection, requestTimeoutMs } from './connection.ts'
import type { Ends } from './ends.ts'
import { inOurWords } from './errors.ts'
import { call, type RawConsumer, type RawError, type RawProducer, type Rdkafka } from './rdkafka.ts'
import { rawHeaders, refuseTooLarge, toBuffer } from './records.ts'

/** A group's position that is to move with the records. */
export interface MovedPosition extends RecordPosition {
  /** The member that reads there: a broker refuses it when it is no member any more. */
  readonly consumer: RawConsumer
  /** False once the partition has been given up: a broker takes the position of any member, whosever the partition is. */
  readonly isHeld: () => boolean
}

/** The place of a record, or why it has none. */
export type PlaceOf = (record: LogRecord) => Promise<number>

export interface ProducerParts {
  readonly rdkafka: Rdkafka
  readonly connection: KafkaConnection & { readonly transactionalId: string }
  readonly ends: Ends
  readonly placeOf: PlaceOf
}

interface Job {
  readonly records: readonly LogRecord[]
  readonly position: MovedPosition | null
  readonly bytes: number
  readonly offsets: RecordPosition[]
  readonly settled: PromiseWithResolvers<readonly RecordPosition[]>
}

interface PlacedJob extends Job {
  readonly partitions: readonly number[]
}

/** What one transaction waits for. Reports of one that was aborted come late, and are none of the next one's business. */
interface Attempt {
  missing: number
  rejected: RawError | null
  isAborted: boolean
}

interface Opaque {
  readonly attempt: Attempt
  readonly job: Job
  readonly index: number
}

const maxJobs = 1000
const maxBytes = 8 * 1024 * 1024
const queueFull = -184
/** Codes of librdkafka after which only asking again tells whether a transaction was committed. */
const inDoubt: ReadonlySet<number> = new Set([-185, -195])
const commitTries = 6

/** Writes records and positions in transactions: what waits together shares one. Calls keep their order. */
export class Producer {
  readonly #rdkafka: Rdkafka
  readonly #connection: ProducerParts['connection']
  readonly #placeOf: PlaceOf
  readonly #ends: Ends
  #raw: RawProducer | null = null
  #waiting: Job[] = []
  #working: Promise<void> | null = null

  constructor({ rdkafka, connection, ends, placeOf }: ProducerParts) {
    this.#rdkafka = rdkafka
    this.#connection = connection
    this.#placeOf = placeOf
    this.#ends = ends
  }

  /** Resolves when all of it is committed, or rejects and nothing of it is; `PRV_LOG_APPEND_UNKNOWN`: nobody knows. */
  write(records: readonly LogRecord[], position: MovedPosition | null = null): Promise<readonly RecordPosition[]> {
    const settled = Promise.withResolvers<readonly RecordPosition[]>()
    const copies = records.map((record) => ({
      ...record,
      key: record.key && toBuffer(record.key),
      value: record.value && toBuffer(record.value),
      headers: record.headers.map(([name, value]) => [name, toBuffer(value)] as const),
    }))
    const bytes = copies.reduce((sum, record) => sum + recordBytes(record), 0)
    this.#waiting.push({ records: copies, position, bytes, offsets: [], settled })
    this.#working ??= this.#work()
    return settled.promise
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#working) await this.#working
  }

  async close(): Promise<void> {
    await this.idle()
    await this.#drop()
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const jobs = await this.#placed(this.#take())
      if (jobs.length > 0) await this.#together(jobs)
    }
    // At once: what is written from here on has to find nobody at work.
    this.#working = null
  }

  #take(): readonly Job[] {
    let bytes = 0
    const count = this.#waiting.findIndex((job, index) => {
      bytes += job.bytes
      return index >= maxJobs || (index > 0 && bytes > maxBytes)
    })
    return this.#waiting.splice(0, count === -1 ? this.#waiting.length : count)
  }

  /** Turns away what cannot be written, so that it spoils nothing for its neighbours. */
  async #placed(jobs: readonly Job[]): Promise<readonly PlacedJob[]> {
    const placed: PlacedJob[] = []
    for (const job of jobs) {
      try {
        const partitions: number[] = []
        for (const record of job.records) {
          refuseTooLarge(record)
          partitions.push(await this.#placeOf(record))
        }
        placed.push({ ...job, partitions })
      } catch (error) {
        job.settled.reject(error)
      }
    }
    return placed
  }

  async #together(jobs: readonly PlacedJob[]): Promise<void> {
    try {
      await this.#transaction(jobs)
      for (const { settled, offsets } of jobs) {
        this.#ends.note(offsets)
        settled.resolve(offsets)
      }
    } catch (error) {
      const isUnknown = error instanceof PortreeveError && error.code === 'PRV_LOG_APPEND_UNKNOWN'
      if (jobs.length === 1 || isUnknown) for (const { settled } of jobs) settled.reject(error)
      else for (const job of jobs) await this.#together([job])
    }
  }

  async #transaction(jobs: readonly PlacedJob[]): Promise<void> {
    const raw = await this.#open()
    const attempt: Attempt = { missing: 0, rejected: null, isAborted: false }
    try {
      await call((done) => raw.beginTransaction(done))
      for (const job of jobs) {
        job.offsets.length = 0
        for (const index of job.records.keys()) await this.#produce(raw, attempt, job, index)
      }
      for (const { position } of jobs) if (position) refuseMoved(position)
      for (const [consumer, offsets] of positionsOf(jobs)) {
        await call((done) => raw.sendOffsetsToTransaction(offsets, consumer, requestTimeoutMs, done))
      }
      if (attempt.missing > 0) await call((done) => raw.flush(requestTimeoutMs, done))
      await this.#reported(raw, attempt)
    } catch (error) {
      attempt.isAborted = true
      // Looked at before the abort, which rejects what has not been sent.
      const fault = attempt.rejected ?? error
      await this.#abort(raw)
      throw inOurWords(fault, this.#connection)
    }
    await this.#commit(raw)
  }

  async #produce(raw: RawProducer, attempt: Attempt, job: PlacedJob, index: number): Promise<void> {
    const record = job.records[index]
    if (!record) throw new TypeError('there is no such record')
    const { topic, key, value } = record
    const partition = job.partitions[index] ?? 0
    const opaque: Opaque = { attempt, job, index }
    for (;;) {
      try {
        raw.produce(topic, partition, value && toBuffer(value), key && toBuffer(key), null, opaque, rawHeaders(record))
        attempt.missing += 1
        return
      } catch (error) {
        if (!isRawError(error) || error.code !== queueFull) throw error
        await sleep(5)
      }
    }
  }

  async #reported(raw: RawProducer, attempt: Attempt): Promise<void> {
    while (attempt.missing > 0) {
      if ('poll' in raw && typeof raw.poll === 'function') raw.poll()
      await setImmediate()
    }
    if (attempt.rejected) throw attempt.rejected
  }

  async #commit(raw: RawProducer): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await call((done) => raw.commitTransaction(requestTimeoutMs, done))
        return
      } catch (error) {
        if (isRawError(error) && error.isTxnRequiresAbort) {
          await this.#abort(raw)
          throw inOurWords(error, this.#connection)
        }
        const mayAskAgain = isRawError(error) && (error.isRetriable || inDoubt.has(error.code)) && tries < commitTries
        if (mayAskAgain) continue
        await this.#drop()
        const fault = isRawError(error) ? `${error.code}` : 'unknown'
        throw new PortreeveError('PRV_LOG_APPEND_UNKNOWN', { fault }, { cause: error })
      }
    }
  }

  async #abort(raw: RawProducer): Promise<void> {
    try {
      await call((done) => raw.abortTransaction(requestTimeoutMs, done))
    } catch {
      // One that takes its place ends its transaction.
      await this.#drop()
    }
  }

  async #open(): Promise<RawProducer> {
    if (this.#raw) return this.#raw
    const raw = new this.#rdkafka.Producer(
      {
        ...clientSettings(this.#connection),
        'transactional.id': this.#connection.transactionalId,
        'transaction.timeout.ms': requestTimeoutMs,
        'enable.idempotence': true,
        acks: 'all',
        'linger.ms': 0,
        'retry.backoff.ms': 5,
        'message.max.bytes': 1_100_000,
        'queue.buffering.max.messages': 200_000,
        dr_cb: true,
      },
      { partitioner: 'murmur2_random' },
    )
    raw.on('event.error', () => undefined)
    raw.on('delivery-report', (error: RawError | null, report: { offset: number; opaque: Opaque }) => {
      const { attempt } = report.opaque
      attempt.missing -= 1
      if (error) attempt.rejected ??= error
      else if (!attempt.isAborted) note(report)
    })
    try {
      await call((done) => raw.connect({ timeout: requestTimeoutMs }, done))
      raw.setPollInterval(5)
      await call((done) => raw.initTransactions(requestTimeoutMs, done))
    } catch (error) {
      raw.disconnect(1000, () => undefined)
      throw inOurWords(error, this.#connection)
    }
    this.#raw = raw
    return raw
  }

  async #drop(): Promise<void> {
    const raw = this.#raw
    this.#raw = null
    if (!raw) return
    // Otherwise it is polled while it is taken down.
    raw.setPollInterval(0)
    await call((done) => raw.disconnect(2000, done)).catch(() => undefined)
  }
}

function note({ offset, opaque: { job, index } }: { offset: number; opaque: Opaque }): void {
  const record = job.records[index]
  if (record) job.offsets[index] = { topic: record.topic, partition: (job as PlacedJob).partitions[index] ?? 0, offset }
}

function positionsOf(jobs: readonly Job[]): ReadonlyMap<RawConsumer, readonly RecordPosition[]> {
  const moved = jobs.flatMap(({ position }) => position ?? [])
  return new Map(
    [...Map.groupBy(moved, ({ consumer }) => consumer)].map(([consumer, all]) => {
      return [consumer, all.map(({ topic, partition, offset }) => ({ topic, partition, offset }))]
    }),
  )
}

function refuseMoved({ topic, partition, isHeld }: MovedPosition): void {
  if (!isHeld()) throw new PortreeveError('PRV_LOG_PARTITION_MOVED', { topic, partition })
}

function isRawError(error: unknown): error is RawError {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number'
}
