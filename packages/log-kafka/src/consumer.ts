import { setTimeout as sleep } from 'node:timers/promises'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { BatchHandler, ConsumeOptions, Consumer } from '@portreeve/log'
import { clientSettings, type KafkaConnection, requestTimeoutMs } from './connection.ts'
import type { Ends } from './ends.ts'
import { inOurWords } from './errors.ts'
import type { Kept } from './kept.ts'
import { PartitionWork, type Standing } from './partition-work.ts'
import type { Producer } from './producer.ts'
import { pump } from './pump.ts'
import { call, type RawConsumer, type RawError, type RawMessage, type RawPlace, type Rdkafka } from './rdkafka.ts'
import { toStored } from './records.ts'
import type { Topics } from './topics.ts'

export interface ConsumerParts {
  readonly rdkafka: Rdkafka
  readonly connection: KafkaConnection
  readonly ends: Ends
  readonly topics: Topics
  readonly kept: Kept
  readonly producer: Producer
  /** Throws `PRV_LOG_CLOSED`. */
  readonly refuseUnlessOpen: () => void
}

const assigned = -175
/** How long what is in hand may take once its partition is wanted elsewhere. */
const drainMs = 5000
/** A broker's words for a member that is none any more. */
const fenced: ReadonlySet<number> = new Set([22, 25, 27, 82])

/** A running consumer: a member of a group, with the work of each partition that it is given. */
export class KafkaConsumer implements Consumer {
  readonly done: Promise<void>
  readonly #parts: ConsumerParts
  readonly #options: ConsumeOptions
  readonly #handler: BatchHandler
  readonly #stop = new AbortController()
  readonly #work = new Map<string, PartitionWork>()
  readonly #paused = new Set<string>()
  /** What uses the client: the work of partitions, also of those given up, and changes of assignment. */
  readonly #underWay = new Set<Promise<void>>()
  #failed: { readonly error: unknown } | null = null

  constructor(parts: ConsumerParts, options: ConsumeOptions, handler: BatchHandler) {
    this.#parts = parts
    this.#options = options
    this.#handler = handler
    this.done = this.#run()
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    // An error is told through `done`; here it only means that the consumer has ended.
    await this.done.catch(() => undefined)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #run(): Promise<void> {
    const { topics, refuseUnlessOpen, connection } = this.#parts
    refuseUnlessOpen()
    for (const topic of this.#options.topics) await topics.partitionsOf(topic)
    if (this.#stop.signal.aborted) return
    const raw = this.#client()
    try {
      await call((done) => raw.connect({ timeout: requestTimeoutMs }, done))
      raw.subscribe(this.#options.topics)
      await pump(raw, (messages) => this.#give(raw, messages), this.#stop.signal)
    } catch (error) {
      this.#fail(inOurWords(error, connection))
    } finally {
      // Whoever still uses the client would use what is no more.
      while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay)
      await call((done) => raw.disconnect(done)).catch(() => undefined)
    }
    if (this.#failed) throw this.#failed.error
  }

  #client(): RawConsumer {
    const { rdkafka, connection } = this.#parts
    const raw: RawConsumer = new rdkafka.KafkaConsumer(
      {
        ...clientSettings(connection),
        'group.id': this.#options.group,
        'partition.assignment.strategy': connection.assignment ?? 'cooperative-sticky',
        'enable.auto.commit': false,
        'enable.auto.offset.store': false,
        'isolation.level': 'read_committed',
        'session.timeout.ms': 10_000,
        'heartbeat.interval.ms': 500,
        'max.poll.interval.ms': 300_000,
        'fetch.wait.max.ms': 100,
        'queued.max.messages.kbytes': 16_384,
        rebalance_cb: (event: RawError, places: readonly RawPlace[]) => {
          const change = event.code === assigned ? this.#take(raw, places) : this.#giveUp(raw, places)
          this.#follow(change.catch((error) => this.#fail(inOurWords(error, connection))))
        },
      },
      { 'auto.offset.reset': 'error' },
    )
    raw.on('event.error', () => undefined)
    return raw
  }

  async #take(raw: RawConsumer, places: readonly RawPlace[]): Promise<void> {
    const isCooperative = raw.rebalanceProtocol() === 'COOPERATIVE'
    const standings = this.#stop.signal.aborted ? [] : await this.#standings(raw, places)
    const at = standings.map(({ place, standing }) => ({ ...place, offset: standing.offset }))
    for (const { place, standing } of standings) this.#begin(raw, place, standing)
    if (isCooperative) raw.incrementalAssign(at)
    else raw.assign(at)
  }

  async #giveUp(raw: RawConsumer, places: readonly RawPlace[]): Promise<void> {
    const leaving = places.flatMap((place) => this.#work.get(keyOf(place)) ?? [])
    if (!this.#stop.signal.aborted) {
      for (const work of leaving) work.lose()
      await Promise.race([Promise.allSettled(leaving.map(({ done }) => done)), sleep(drainMs)])
    }
    for (const work of leaving) this.#work.delete(keyOf(work))
    if (raw.rebalanceProtocol() === 'COOPERATIVE') raw.incrementalUnassign(places)
    else raw.unassign()
  }

  #begin(raw: RawConsumer, { topic, partition }: RawPlace, standing: Standing): void {
    const { group } = this.#options
    const { kept, producer } = this.#parts
    const hadMetadata = { is: standing.metadata !== null }
    const work = new PartitionWork({
      topic,
      partition,
      standing,
      consume: this.#options,
      handler: this.#handler,
      stop: this.#stop.signal,
      write: async ({ append }, { offset, metadata }) => {
        const place = placeKey(group, { topic, partition })
        const isNoted = metadata !== null || hadMetadata.is
        const records = isNoted ? [...append, kept.record(place, JSON.stringify({ offset, metadata }))] : append
        const isHeld = () => this.#work.get(keyOf(work)) === work
        await producer.write(records, { topic, partition, offset, consumer: raw, isHeld })
        hadMetadata.is = metadata !== null
      },
    })
    this.#work.set(keyOf(work), work)
    this.#follow(
      work.done.catch((error) => {
        if (!isFenced(error) && !isPortreeveError(error, 'PRV_LOG_PARTITION_MOVED')) this.#fail(error)
      }),
    )
  }

  #follow(work: Promise<void>): void {
    this.#underWay.add(work)
    void work.finally(() => this.#underWay.delete(work))
  }

  /** Where the group goes on. Where it has no position yet it is given one, durably. */
  async #standings(raw: RawConsumer, places: readonly RawPlace[]) {
    const { ends, kept } = this.#parts
    const { group, startFrom = 'earliest' } = this.#options
    const committed = await call<readonly { topic: string; partition: number; offset?: number }[]>((done) =>
      raw.committed(places, requestTimeoutMs, done),
    )
    await kept.catchUp()
    const standings: { place: RawPlace; standing: Standing }[] = []
    const fresh: { topic: string; partition: number; offset: number }[] = []
    for (const { topic, partition } of places) {
      const place = { topic, partition }
      const { start, end } = await ends.ofPartition(place)
      const found = committed.find((one) => one.topic === topic && one.partition === partition)?.offset ?? -1
      const offset = found >= 0 ? found : startFrom === 'latest' ? end : start
      if (found < 0) fresh.push({ ...place, offset })
      if (offset < start) {
        throw new PortreeveError('PRV_LOG_OFFSET_GONE', { topic, partition, offset, start })
      }
      const text = kept.get(placeKey(group, place))
      const left: Standing | null = text === null ? null : JSON.parse(text)
      const metadata = left?.offset === offset ? left.metadata : null
      standings.push({ place, standing: { offset, metadata } })
    }
    if (fresh.length > 0) raw.commitSync(fresh)
    return standings
  }

  #give(raw: RawConsumer, messages: readonly RawMessage[]): void {
    for (const message of messages) this.#work.get(keyOf(message))?.give(toStored(message))
    for (const [key, work] of this.#work) {
      const place = { topic: work.topic, partition: work.partition }
      if (work.isFull && !this.#paused.has(key)) {
        this.#paused.add(key)
        raw.pause([place])
      } else if (this.#paused.has(key) && work.isHalfEmpty) {
        this.#paused.delete(key)
        raw.resume([place])
      }
    }
  }

  #fail(error: unknown): void {
    this.#failed ??= { error }
    this.#stop.abort()
  }
}

/** Under which the place inside a long step is kept. */
export function placeKey(group: string, { topic, partition }: RawPlace): string {
  return `place ${JSON.stringify([group, topic, partition])}`
}

function keyOf({ topic, partition }: RawPlace): string {
  return `${topic}/${partition}`
}

function isFenced(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && 'code' in cause && fenced.has(Number(cause.code))
}
