import { setTimeout as sleep } from 'node:timers/promises'
import { isPortreeveError } from '@portreeve/errors'
import type { BatchHandler, ConsumeOptions, WriteSet } from '@portreeve/log'
import { clientSettings, type KafkaConnection, requestTimeoutMs } from './connection.ts'
import { diagnose } from './diagnosis.ts'
import type { Ends } from './ends.ts'
import { inOurWords } from './errors.ts'
import type { Kept } from './kept.ts'
import { PartitionWork, type Standing } from './partition-work.ts'
import type { Producer } from './producer.ts'
import { pump } from './pump.ts'
import {
  call,
  type RawConsumer,
  type RawError,
  type RawMessage,
  type RawOffset,
  type RawPlace,
  type Rdkafka,
} from './rdkafka.ts'
import { toStored } from './records.ts'
import { placeKey, standingsOf } from './standings.ts'
import { Watchdog } from './watchdog.ts'

export interface MembershipParts {
  readonly rdkafka: Rdkafka
  readonly connection: KafkaConnection
  readonly ends: Ends
  readonly kept: Kept
  readonly producer: Producer
  /** How long a member may be handed nothing while there is something. Default 30,000. */
  readonly stalledAfterMs?: number
}

const assigned = -175
/** How long what is in hand may take once its partition is wanted elsewhere. */
const drainMs = 5000
const defaultStalledAfterMs = 30_000
/** A broker's words for a member that does not know of the group's latest sharing, or is none any more. */
const outdated: ReadonlySet<number> = new Set([22, 25, 27, 82])
const askAgainMs = 100

/** One client in a group, from when it joins until it has left, with the work of each partition that it is given. */
export class Membership {
  /** Rejects with what ended it: a handler's error, or one of the log. */
  readonly ended: Promise<'stopped' | 'stalled'>
  readonly #parts: MembershipParts
  readonly #options: ConsumeOptions
  readonly #handler: BatchHandler
  readonly #raw: RawConsumer
  /** The consumer stops, or this membership is over. */
  readonly #over = new AbortController()
  readonly #signal: AbortSignal
  readonly #work = new Map<string, PartitionWork>()
  readonly #paused = new Set<string>()
  /** What uses the client: the work of partitions, also of those given up, and changes of assignment. */
  readonly #underWay = new Set<Promise<void>>()
  readonly #watchdog: Watchdog
  #failed: { readonly error: unknown } | null = null
  #isStalled = false

  constructor(parts: MembershipParts, options: ConsumeOptions, handler: BatchHandler, stop: AbortSignal) {
    this.#parts = parts
    this.#options = options
    this.#handler = handler
    this.#signal = AbortSignal.any([stop, this.#over.signal])
    this.#watchdog = new Watchdog(parts.ends, parts.stalledAfterMs ?? defaultStalledAfterMs, () => this.#stall())
    this.#raw = this.#client()
    this.ended = this.#run()
  }

  async #run(): Promise<'stopped' | 'stalled'> {
    const raw = this.#raw
    // A member is asked for its partitions also while it finishes: it has to go on answering until it has.
    const drained = new AbortController()
    const drain = () => void this.#drained().then(() => drained.abort())
    this.#signal.addEventListener('abort', drain, { once: true })
    try {
      await call((done) => raw.connect({ timeout: requestTimeoutMs }, done))
      raw.subscribe(this.#options.topics)
      this.#watchdog.start(() => this.#work.values(), this.#signal)
      await pump(raw, (messages) => this.#give(messages), drained.signal)
    } catch (error) {
      const { connection } = this.#parts
      const { group, topics } = this.#options
      const moment = { ...connection, group }
      this.#fail(await diagnose(inOurWords(error, moment), moment, topics))
    } finally {
      // Whoever still uses the client would use what is no more.
      await this.#drained()
      await call((done) => raw.disconnect(done)).catch(() => undefined)
    }
    if (this.#failed) throw this.#failed.error
    return this.#isStalled ? 'stalled' : 'stopped'
  }

  async #drained(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay)
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
        'enable.partition.eof': true,
        'isolation.level': 'read_committed',
        'session.timeout.ms': 10_000,
        'heartbeat.interval.ms': 500,
        'max.poll.interval.ms': 300_000,
        'fetch.wait.max.ms': 100,
        'queued.max.messages.kbytes': 16_384,
        'fetch.queue.backoff.ms': 10,
        rebalance_cb: (event: RawError, places: readonly RawPlace[]) => {
          const change = event.code === assigned ? this.#take(places) : this.#giveUp(places)
          this.#follow(
            change.catch((error) => this.#fail(inOurWords(error, { ...connection, group: this.#options.group }))),
          )
        },
      },
      { 'auto.offset.reset': 'error' },
    )
    raw.on('event.error', () => undefined)
    raw.on('partition.eof', (at: RawOffset) => this.#work.get(keyOf(at))?.reach(at.offset))
    return raw
  }

  async #take(places: readonly RawPlace[]): Promise<void> {
    const raw = this.#raw
    const isCooperative = raw.rebalanceProtocol() === 'COOPERATIVE'
    const isWanted = !this.#signal.aborted
    const standings = isWanted ? await standingsOf(raw, places, this.#options, this.#parts) : []
    const at = standings.map(({ place, standing }) => ({ ...place, offset: standing.offset }))
    for (const { place, standing } of standings) this.#begin(place, standing)
    if (isCooperative) raw.incrementalAssign(at)
    else raw.assign(at)
  }

  async #giveUp(places: readonly RawPlace[]): Promise<void> {
    const leaving = places.flatMap((place) => this.#work.get(keyOf(place)) ?? [])
    if (!this.#signal.aborted) for (const work of leaving) work.lose()
    await Promise.race([Promise.allSettled(leaving.map(({ done }) => done)), sleep(drainMs, undefined, { ref: false })])
    for (const work of leaving) this.#work.delete(keyOf(work))
    if (this.#raw.rebalanceProtocol() === 'COOPERATIVE') this.#raw.incrementalUnassign(places)
    else this.#raw.unassign()
  }

  #begin({ topic, partition }: RawPlace, standing: Standing): void {
    const work: PartitionWork = new PartitionWork({
      topic,
      partition,
      standing,
      consume: this.#options,
      handler: this.#handler,
      stop: this.#signal,
      write: (set, from, to) => this.#write(work, set, from, to),
    })
    this.#work.set(keyOf(work), work)
    this.#follow(
      work.done.catch((error) => {
        if (!isPortreeveError(error, 'PRV_LOG_PARTITION_MOVED')) this.#fail(error)
        // It is this one's still: it has to be prepared again.
        else if (!work.isLost && !this.#signal.aborted) this.#stall()
      }),
    )
  }

  async #write(work: PartitionWork, { append }: WriteSet, from: Standing, to: Standing): Promise<void> {
    const { kept, producer, stalledAfterMs = defaultStalledAfterMs } = this.#parts
    const { topic, partition } = work
    const isNoted = to.metadata !== null || from.metadata !== null
    const place = placeKey(this.#options.group, work)
    const records = isNoted ? [...append, kept.record(place, JSON.stringify(to))] : append
    const isHeld = () => this.#work.get(keyOf(work)) === work
    const position = { topic, partition, offset: to.offset, consumer: this.#raw, isHeld }
    for (const began = Date.now(); ; await sleep(askAgainMs)) {
      try {
        await producer.write(records, position)
        return
      } catch (error) {
        // While a group shares its partitions anew nobody's position is taken, not even of those that keep their partition.
        if (!isOutdated(error)) throw error
        if (Date.now() - began > stalledAfterMs) {
          this.#stall()
          throw work.moved()
        }
      }
    }
  }

  #give(messages: readonly RawMessage[]): void {
    let work: PartitionWork | undefined
    for (const message of messages) {
      // Most come behind one of the same partition.
      if (work?.partition !== message.partition || work.topic !== message.topic) work = this.#work.get(keyOf(message))
      work?.give(toStored(message))
    }
    for (const [key, { topic, partition, isFull, isHalfEmpty }] of this.#work) {
      const place = { topic, partition }
      if (isFull && !this.#paused.has(key)) {
        this.#paused.add(key)
        this.#raw.pause([place])
      } else if (this.#paused.has(key) && isHalfEmpty) {
        this.#paused.delete(key)
        this.#raw.resume([place])
      }
    }
  }

  #follow(work: Promise<void>): void {
    this.#underWay.add(work)
    void work.finally(() => this.#underWay.delete(work))
  }

  #stall(): void {
    this.#isStalled = true
    this.#over.abort()
  }

  #fail(error: unknown): void {
    this.#failed ??= { error }
    this.#over.abort()
  }
}

function keyOf({ topic, partition }: RawPlace): string {
  return `${topic}/${partition}`
}

function isOutdated(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && 'code' in cause && outdated.has(Number(cause.code))
}
