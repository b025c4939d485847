import { setTimeout as sleep } from 'node:timers/promises'
import { isPortreeveError } from '@portreeve/errors'
import type { Log } from '@portreeve/log'
import { openKafkaLog } from '@portreeve/log-kafka'
import { readByBoth } from './kafka-readers.ts'
import { problemsOf } from './kafka-relay-check.ts'
import { COPIERS, IN, type KafkaWorker, OUT, READERS } from './kafka-worker-options.ts'
import { KafkaReports, KafkaWorkerProcess } from './kafka-worker-process.ts'

export interface RelayOptions {
  readonly brokers: string
  /** Its own on the cluster: topics, groups and transactional ids begin with it. */
  readonly prefix: string
  /** Default 2. */
  readonly copiers?: number
  /** Default: there is one. */
  readonly hasConsumer?: boolean
  readonly producer?: Partial<KafkaWorker>
  readonly copier?: Partial<KafkaWorker>
}

export interface RelayEnd {
  /** What is wrong; an empty list is good. */
  readonly problems: readonly string[]
  readonly acknowledged: number
  readonly copies: number
  /** What went by, for whoever looks at the run. */
  readonly summary: string
}

const partitions = 3
/** Error 88 of Kafka's protocol: UNSTABLE_OFFSET_COMMIT. */
const unstablePositions = '88'

/** A producer, copiers and a consumer, each a process, that hand records on over topics of three partitions. */
export class KafkaRelay implements AsyncDisposable {
  readonly reports = new KafkaReports()
  readonly log: Log
  readonly producer: KafkaWorkerProcess
  readonly copiers: readonly KafkaWorkerProcess[]
  readonly consumer: KafkaWorkerProcess | null
  readonly #options: RelayOptions
  readonly #extra: KafkaWorkerProcess[] = []

  private constructor(log: Log, options: RelayOptions) {
    const { copiers = 2, hasConsumer = true } = options
    this.log = log
    this.#options = options
    this.producer = this.#worker('produce', 'p1', options.producer)
    this.copiers = Array.from({ length: copiers }, (_, index) => this.#worker('copy', `c${index + 1}`, options.copier))
    this.consumer = hasConsumer ? this.#worker('consume', 'r1') : null
  }

  /** With its topics, and nobody at work. */
  static async prepare(options: RelayOptions): Promise<KafkaRelay> {
    const { brokers, prefix } = options
    const log = await openKafkaLog({ brokers, prefix, transactionalId: `${prefix}test` })
    for (const name of [IN, OUT]) await log.createTopic({ name, partitions })
    return new KafkaRelay(log, options)
  }

  /** Prepared, everybody at work, and something handed on already. */
  static async start(options: RelayOptions): Promise<KafkaRelay> {
    const relay = await KafkaRelay.prepare(options)
    for (const worker of relay.workers) worker.start()
    await relay.handsOn()
    return relay
  }

  get workers(): readonly KafkaWorkerProcess[] {
    return [this.producer, ...this.copiers, ...(this.consumer ? [this.consumer] : []), ...this.#extra]
  }

  /** One more, or one that is to take another's place, maybe under that one's transactional id; it has yet to be started. */
  addCopier(name: string, transactionalId = `${this.#options.prefix}${name}`): KafkaWorkerProcess {
    const worker = this.#worker('copy', name, { ...this.#options.copier, transactionalId })
    this.#extra.push(worker)
    return worker
  }

  /** Resolves when a record that was acknowledged after the call has come to the consumer. */
  async handsOn(): Promise<void> {
    const { acknowledged, consumed } = this.reports
    const before = acknowledged.length
    for (; acknowledged.length === before; await sleep(20)) this.#refuseFallen()
    const wanted = acknowledged.at(-1) ?? ''
    for (let seen = 0; ; await sleep(20)) {
      if (consumed.indexOf(wanted, seen) !== -1) return
      this.#refuseFallen()
      seen = consumed.length
    }
  }

  /** Asked again while the transaction of one that was killed leaves open where the group stands. */
  async lag(group: string, topic: string): Promise<number> {
    for (;;) {
      try {
        return await this.log.lag(group, topic)
      } catch (error) {
        if (!isPortreeveError(error) || error.details.fault !== unstablePositions) throw error
        await sleep(200)
      }
    }
  }

  /** Resolves when every copier's, and the consumer's, work is done. */
  async drained(): Promise<void> {
    const behind = async () => (await this.lag(COPIERS, IN)) + (this.consumer ? await this.lag(READERS, OUT) : 0)
    for (; (await behind()) > 0; await sleep(100)) this.#refuseFallen()
  }

  /** Ends the producer, lets the others finish, ends them too, and holds what is there against what was told. */
  async finish(): Promise<RelayEnd> {
    await this.producer.stop()
    await this.drained()
    // At the same time: one that leaves gives its partitions to those that stay.
    await Promise.all(this.workers.map((worker) => worker.stop()))
    const { brokers, prefix } = this.#options
    const problems: string[] = []
    const [source, copies] = await Promise.all([
      readByBoth(this.log, brokers, prefix, IN, problems),
      readByBoth(this.log, brokers, prefix, OUT, problems),
    ])
    const { acknowledged, consumed, again } = this.reports
    problems.push(...problemsOf({ acknowledged, consumed: this.consumer && consumed, source, copies }))
    const faults = [...again].map(([code, times]) => `${times} ${code}`).join(', ') || 'none'
    const summary =
      `${prefix} ${acknowledged.length} acknowledged, ${source.length} in the source, ${copies.length} copies, ` +
      `${consumed.length} consumed, tried again after: ${faults}`
    return { problems, acknowledged: acknowledged.length, copies: copies.length, summary }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker[Symbol.asyncDispose]()))
    await this.log.close()
  }

  #refuseFallen(): void {
    for (const worker of this.workers) worker.refuseFallen()
  }

  #worker(work: KafkaWorker['work'], name: string, more: Partial<KafkaWorker> = {}): KafkaWorkerProcess {
    const { brokers, prefix } = this.#options
    const transactionalId = `${prefix}${name}`
    return new KafkaWorkerProcess({ brokers, prefix, transactionalId, work, name, ...more }, this.reports)
  }
}
