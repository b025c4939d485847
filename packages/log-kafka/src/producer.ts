import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { type ErrorCode, isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { LogRecord, RecordPosition } from '@portreeve/log'
import { requestTimeoutMs } from './connection.ts'
import { wasCommitted } from './doubt.ts'
import type { Ends } from './ends.ts'
import type { Job, MovedPosition, PlacedJob } from './job.ts'
import type { Reader } from './reader.ts'
import { type OwnRecord, ownRecord, refuseTooLarge } from './records.ts'
import { type Doubt, Transactions, type TransactionsParts } from './transactions.ts'

/** The place of a record, or why it has none. */
export type PlaceOf = (record: OwnRecord) => number | Promise<number>

export interface ProducerParts extends Omit<TransactionsParts, 'requestMs'> {
  readonly ends: Ends
  readonly reader: Reader
  readonly placeOf: PlaceOf
  /** Why records for these topics were not written, where the error does not say. Default: as it is. */
  readonly explain?: (error: unknown, topics: readonly string[]) => Promise<unknown>
  /** How long one question may take. Default 10,000. */
  readonly requestMs?: number
  /** How long it is tried to find out what became of a transaction. Default 30,000. */
  readonly doubtMs?: number
}

const maxJobs = 1000
const maxBytes = 8 * 1024 * 1024
/** How often a transaction that was found not to have been committed is written. */
const writeTries = 2
const askAgainMs = 100
/** What goes wrong for every neighbour, too. */
const ofAll: ReadonlySet<ErrorCode> = new Set([
  'PRV_LOG_APPEND_UNKNOWN',
  'PRV_KAFKA_UNREACHABLE',
  'PRV_KAFKA_TAKEN_OVER',
  'PRV_KAFKA_LOGIN',
  'PRV_KAFKA_CERTIFICATE',
  'PRV_KAFKA_TOO_FEW_REPLICAS',
  'PRV_KAFKA_DISK',
])

/** Writes records and positions in transactions: what waits together shares one. Calls keep their order. */
export class Producer {
  readonly #parts: ProducerParts
  readonly #transactions: Transactions
  readonly #requestMs: number
  #waiting: Job[] = []
  #working: Promise<void> | null = null

  constructor(parts: ProducerParts) {
    this.#parts = parts
    this.#requestMs = parts.requestMs ?? requestTimeoutMs
    this.#transactions = new Transactions({ ...parts, requestMs: this.#requestMs })
  }

  /** Resolves when all of it is committed, or rejects and nothing of it is; `PRV_LOG_APPEND_UNKNOWN`: nobody knows. */
  write(records: readonly LogRecord[], position: MovedPosition | null = null): Promise<readonly RecordPosition[]> {
    const settled = Promise.withResolvers<readonly RecordPosition[]>()
    const own = records.map(ownRecord)
    const bytes = own.reduce((sum, record) => sum + record.bytes, 0)
    this.#waiting.push({ records: own, position, bytes, offsets: [], settled })
    this.#working ??= this.#work()
    return settled.promise
  }

  /** Resolves when records can be written to partitions that a topic has been given. */
  learn(topic: string): Promise<void> {
    return this.#transactions.learn(topic)
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#working) await this.#working
  }

  async close(): Promise<void> {
    await this.idle()
    await this.#transactions.close()
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Whoever goes on after the transaction before shares this one.
      await setImmediate()
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
          const place = this.#parts.placeOf(record)
          partitions.push(typeof place === 'number' ? place : await place)
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
      await this.#written(jobs)
      for (const { settled, offsets } of jobs) {
        this.#parts.ends.note(offsets)
        settled.resolve(offsets)
      }
    } catch (fault) {
      const error = await this.#explained(fault, jobs)
      const isOfAll = isPortreeveError(error) && ofAll.has(error.code)
      if (jobs.length === 1 || isOfAll) for (const { settled } of jobs) settled.reject(error)
      else for (const job of jobs) await this.#together([job])
    }
  }

  async #explained(error: unknown, jobs: readonly PlacedJob[]): Promise<unknown> {
    const topics = new Set(jobs.flatMap(({ records }) => records.map(({ topic }) => topic)))
    return (await this.#parts.explain?.(error, [...topics])) ?? error
  }

  async #written(jobs: readonly PlacedJob[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const doubt = await this.#transactions.write(jobs)
      if (doubt === null || (await this.#wasCommitted(jobs, doubt))) return
      // Nothing of it was written, and nothing of it will be.
      if (tries === writeTries && !doubt.isTakenOver) throw doubt.error
    }
  }

  async #wasCommitted(jobs: readonly PlacedJob[], { error: first, fault, isTakenOver }: Doubt): Promise<boolean> {
    const { reader, ends, doubtMs = 30_000 } = this.#parts
    const signal = AbortSignal.timeout(doubtMs)
    let cause = first
    while (!signal.aborted) {
      try {
        if (!isTakenOver) await this.#transactions.settle()
        return await wasCommitted(jobs, { reader, ends, requestMs: this.#requestMs, signal })
      } catch (error) {
        cause = error
        await sleep(askAgainMs)
      }
    }
    throw new PortreeveError('PRV_LOG_APPEND_UNKNOWN', { fault }, { cause })
  }
}
