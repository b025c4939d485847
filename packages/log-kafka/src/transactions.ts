import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { PortreeveError } from '@portreeve/errors'
import { type RecordPosition, stopwatch } from '@portreeve/log'
import { clientSettings, type KafkaConnection } from './connection.ts'
import { inOurWords } from './errors.ts'
import { isRefusedForGood, listenForRefusals, tellingRefusals } from './faults.ts'
import type { Job, MovedPosition, PlacedJob } from './job.ts'
import { call, isRawError, type RawConsumer, type RawError, type RawProducer, type Rdkafka } from './rdkafka.ts'
import type { OwnRecord } from './records.ts'

export interface TransactionsParts {
  readonly rdkafka: Rdkafka
  readonly connection: KafkaConnection & { readonly transactionalId: string }
  /** How long one question may take, and how long a broker lets a transaction stand open. */
  readonly requestMs: number
}

/** A commit was asked for, and no answer says what became of it. */
export interface Doubt {
  /** In the log's words, in case that it did not come about. */
  readonly error: unknown
  /** What the client said. */
  readonly fault: string
  /** Another producer has the id now: ours can end nothing any more. */
  readonly isTakenOver: boolean
}

/** What one transaction waits for. Reports of one that was aborted come late, and are none of the next one's business. */
interface Attempt {
  readonly passed: () => number
  missing: number
  rejected: RawError | null
  isAborted: boolean
}

interface Opaque {
  readonly attempt: Attempt
  readonly job: PlacedJob
  readonly index: number
}

const queueFull = -184
/** Codes of librdkafka after which asking again may tell whether a transaction was committed. */
const unanswered: ReadonlySet<number> = new Set([-185, -195])
const commitTries = 3
const reportMs = 500
const reportRounds = 100
/** Codes of librdkafka and of a broker: the transactional id has a newer owner, or the transaction stood open for too long. */
const fenced: ReadonlySet<number> = new Set([-144, 47, 90])

/** The transactional producer of librdkafka, one transaction at a time; made anew, under the same id, when it is beyond use. */
export class Transactions {
  readonly #parts: TransactionsParts
  #raw: RawProducer | null = null
  #refused: (error: unknown) => unknown = (error) => error
  #takenOver: PortreeveError | null = null

  constructor(parts: TransactionsParts) {
    this.#parts = parts
  }

  /** `null` when all of it is committed. Rejects in the log's words when it certainly is not, and never will be. */
  async write(jobs: readonly PlacedJob[]): Promise<Doubt | null> {
    const raw = await this.#open()
    const attempt: Attempt = { passed: stopwatch(), missing: 0, rejected: null, isAborted: false }
    try {
      await call((done) => raw.beginTransaction(done))
      for (const job of jobs) {
        job.offsets.length = 0
        for (let next = 0; next < job.records.length; ) {
          next = produce(raw, attempt, job, next)
          if (next < job.records.length) await sleep(5)
        }
      }
      for (const { position } of jobs) if (position) refuseMoved(position)
      for (const [consumer, offsets] of positionsOf(jobs)) {
        await call((done) => raw.sendOffsetsToTransaction(offsets, consumer, this.#parts.requestMs, done))
      }
      // It takes as long as a coordinator needs to answer, and a partition may have been given up meanwhile.
      for (const { position } of jobs) if (position) refuseMoved(position)
    } catch (error) {
      throw await this.#giveUp(raw, attempt, error)
    }
    return await this.#commit(raw, attempt)
  }

  /** Resolves when the client knows how many partitions a topic has now; of itself it asks every five minutes. */
  async learn(topic: string): Promise<void> {
    const raw = this.#raw
    if (raw) await call((done) => raw.getMetadata({ topic, timeout: this.#parts.requestMs }, done))
  }

  /** Resolves when no transaction of this id is open any more: what was, has been committed or aborted. */
  async settle(): Promise<void> {
    await this.#open()
  }

  async close(): Promise<void> {
    const raw = this.#raw
    this.#raw = null
    if (raw) await takeDown(raw)
  }

  async #commit(raw: RawProducer, attempt: Attempt): Promise<Doubt | null> {
    for (let tries = 1; ; tries += 1) {
      try {
        // Waits for what has been produced before it asks for the end.
        await call((done) => raw.commitTransaction(this.#parts.requestMs, done))
        while (attempt.missing > 0) await isReported(raw, attempt)
        return null
      } catch (fault) {
        const isFinal = !isRawError(fault) || fault.isFatal || fault.isTxnRequiresAbort || tries === commitTries
        if (!isFinal && (fault.isRetriable || unanswered.has(fault.code))) continue
        // The end is asked for after the last record has been reported, and never when one was refused.
        const hasAsked = (await isReported(raw, attempt)) && !attempt.rejected
        if (!hasAsked || (isRawError(fault) && fault.isTxnRequiresAbort)) throw await this.#giveUp(raw, attempt, fault)
        await this.close()
        const error = this.#inOurWords(fault, fault, attempt)
        const isTakenOver = error === this.#takenOver
        return { error, fault: isRawError(fault) ? `${fault.code}` : 'unknown', isTakenOver }
      }
    }
  }

  /** Gives a transaction up whose end has not been asked for: nothing of it is written. Resolves with why. */
  async #giveUp(raw: RawProducer, attempt: Attempt, error: unknown): Promise<unknown> {
    attempt.isAborted = true
    // Looked at before the abort, which rejects what has not been sent.
    const fault = attempt.rejected ?? error
    const last = (await this.#abort(raw)) ?? fault
    // It counts what was refused, and a broker would miss it before whatever comes next.
    if (isRefusedForGood(attempt.rejected)) await this.close()
    return this.#inOurWords(last, fault, attempt)
  }

  /** Why it could not be aborted, or `null`. */
  async #abort(raw: RawProducer): Promise<unknown> {
    try {
      await call((done) => raw.abortTransaction(this.#parts.requestMs, done))
      return null
    } catch (error) {
      // One that takes its place ends its transaction.
      await this.close()
      return isFenced(error) ? error : null
    }
  }

  /** A broker ends a transaction that stands open for too long in the same words; a younger one was ended by somebody else. */
  #isTakenOver(fault: unknown, { passed }: Attempt): boolean {
    if (!isFenced(fault) || passed() > this.#parts.requestMs) return false
    const { brokers } = this.#parts.connection
    this.#takenOver ??= new PortreeveError('PRV_KAFKA_TAKEN_OVER', { brokers }, { cause: fault })
    return true
  }

  #inOurWords(last: unknown, fault: unknown, attempt: Attempt): unknown {
    const { connection } = this.#parts
    if (this.#isTakenOver(last, attempt) || this.#isTakenOver(fault, attempt)) return this.#takenOver
    if (!isFenced(last)) return inOurWords(this.#refused(fault), connection)
    const { brokers } = connection
    return new PortreeveError('PRV_KAFKA_UNREACHABLE', { brokers, fault: 'transaction timed out' }, { cause: fault })
  }

  async #open(): Promise<RawProducer> {
    if (this.#takenOver) throw this.#takenOver
    if (this.#raw) return this.#raw
    const { rdkafka, connection, requestMs } = this.#parts
    const raw = new rdkafka.Producer(
      {
        ...clientSettings(connection),
        ...tellingRefusals,
        'transactional.id': connection.transactionalId,
        'transaction.timeout.ms': requestMs,
        'enable.idempotence': true,
        acks: 'all',
        'linger.ms': 0,
        // A request to a coordinator that is gone is looked at again only when some connection comes or goes (librdkafka 2.12,
        // `rdkafka_coord.c`): one that is idle is closed, or it would wait for ever.
        'connections.max.idle.ms': 3000,
        // Each of these ends doubles the wait before the next connection, up to ten seconds unless told otherwise.
        'reconnect.backoff.max.ms': 200,
        'retry.backoff.ms': 5,
        'message.max.bytes': 1_100_000,
        'queue.buffering.max.messages': 200_000,
        dr_cb: true,
      },
      { partitioner: 'murmur2_random' },
    )
    raw.on('event.error', () => undefined)
    this.#refused = listenForRefusals(raw)
    raw.on('delivery-report', (error: RawError | null, report: { topic: string; offset: number; opaque: Opaque }) => {
      const { attempt } = report.opaque
      attempt.missing -= 1
      if (error) attempt.rejected ??= Object.assign(error, { topic: report.topic })
      else if (!attempt.isAborted) note(report)
    })
    try {
      await call((done) => raw.connect({ timeout: requestMs }, done))
      raw.setPollInterval(5)
      await call((done) => raw.initTransactions(requestMs, done))
    } catch (error) {
      await takeDown(raw)
      throw inOurWords(error, connection)
    }
    this.#raw = raw
    return raw
  }
}

/** From a record of the job on, until the client's queue is full. Returns the first one that it did not take. */
function produce(raw: RawProducer, attempt: Attempt, job: PlacedJob, from: number): number {
  for (let index = from; index < job.records.length; index += 1) {
    const record = job.records[index]
    if (record && !hasTaken(raw, record, job.partitions[index] ?? 0, { attempt, job, index })) return index
    attempt.missing += 1
  }
  return job.records.length
}

function hasTaken(raw: RawProducer, record: OwnRecord, partition: number, opaque: Opaque): boolean {
  const { topic, key, value, headers } = record
  try {
    raw.produce(topic, partition, value, key, null, opaque, headers)
    return true
  } catch (error) {
    if (!isRawError(error) || error.code !== queueFull) throw error
    return false
  }
}

async function takeDown(raw: RawProducer): Promise<void> {
  // Otherwise it is polled while it is taken down.
  raw.setPollInterval(0)
  await call((done) => raw.disconnect(2000, done)).catch(() => undefined)
}

/** Reports are on their way to this thread when the call that waited for them is answered. False: some are not. */
async function isReported(raw: RawProducer, attempt: Attempt): Promise<boolean> {
  const passed = stopwatch()
  // Both: this process may have been held.
  for (let round = 0; round < reportRounds || passed() < reportMs; round += 1) {
    if (attempt.missing === 0) return true
    raw.poll()
    await setImmediate()
  }
  return false
}

function note({ offset, opaque: { job, index } }: { offset: number; opaque: Opaque }): void {
  const record = job.records[index]
  if (record) job.offsets[index] = { topic: record.topic, partition: job.partitions[index] ?? 0, offset }
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

function isFenced(error: unknown): boolean {
  return isRawError(error) && fenced.has(error.code)
}
