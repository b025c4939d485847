import { PortreeveError } from '@portreeve/errors'
import type { LogCapabilities } from '../capabilities.ts'
import type { BatchHandler, ConsumeOptions, Consumer, ReadOptions, ReadResult } from '../consumer.ts'
import type { Log } from '../log.ts'
import type { LogRecord, RecordPosition } from '../record.ts'
import type { TopicConfig, TopicDifference } from '../topic.ts'
import { alignMemoryTopic, compareMemoryTopics } from './memory-compare.ts'
import { MemoryConsumer } from './memory-consumer.ts'
import { readMemory } from './memory-read.ts'
import { enforceMemoryRetention } from './memory-retention.ts'
import { assertWithin, type MemoryStore } from './memory-store.ts'

/** The smallest engine that keeps every promise, to try the contract suite on: liars are made from it. */
export class MemoryLog implements Log {
  readonly capabilities: LogCapabilities
  readonly store: MemoryStore
  readonly #behaviour: LogCapabilities
  readonly #consumers = new Map<Consumer, ConsumeOptions>()
  readonly #closed = new AbortController()

  /** @param behaviour what it really does, for one that claims other capabilities than it has */
  constructor(store: MemoryStore, capabilities: LogCapabilities, behaviour = capabilities) {
    this.store = store
    this.capabilities = capabilities
    this.#behaviour = behaviour
  }

  async createTopic(config: TopicConfig) {
    const store = this.#open('createTopic')
    if (config.compaction && !this.#behaviour.compaction) {
      throw new PortreeveError('PRV_LOG_COMPACTION', { topic: config.name, engine: this.capabilities.engine })
    }
    store.createTopic(config)
  }

  async topics() {
    return [...this.#open('topics').topics.values()].map(({ config }) => config)
  }

  async compareTopics(declared: readonly TopicConfig[]) {
    return compareMemoryTopics(this.#open('compareTopics'), declared)
  }

  async alignTopic(declared: TopicConfig, difference: TopicDifference) {
    alignMemoryTopic(this.#open('alignTopic'), declared, difference)
  }

  async ranges(topic: string) {
    const { partitions } = this.#open('ranges').topic(topic)
    return partitions.map(({ partition, start, end }) => {
      return { partition, start, end }
    })
  }

  async append(records: readonly LogRecord[]): Promise<readonly RecordPosition[]> {
    return this.#open('append').append(records)
  }

  consume(options: ConsumeOptions, handler: BatchHandler): Consumer {
    const consumer = this.#closed.signal.aborted
      ? rejected(new PortreeveError('PRV_LOG_CLOSED', { operation: 'consume' }))
      : new MemoryConsumer(this.store, this.#behaviour, options, handler)
    this.#consumers.set(consumer, options)
    const ended = () => this.#consumers.delete(consumer)
    consumer.done.then(ended, ended)
    return consumer
  }

  async read({ topic, partition, waitMs = 0, signal, ...wanted }: ReadOptions): Promise<ReadResult> {
    const place = this.#open('read').partition(topic, partition)
    signal?.throwIfAborted()
    const stop = AbortSignal.any([this.#closed.signal, ...(signal ? [signal] : [])])
    const result = await readMemory(this.store, place, { ...wanted, waitMs, lingerMs: 0 }, stop)
    signal?.throwIfAborted()
    return result
  }

  async positions(group: string): Promise<readonly (RecordPosition & { metadata: string | null })[]> {
    const store = this.#open('positions')
    const places = [...store.topics.values()].flatMap(({ partitions }) => partitions)
    return places.flatMap(({ topic, partition }) => {
      const position = store.position(group, topic, partition)
      return position === undefined ? [] : [{ topic, partition, ...position }]
    })
  }

  async lag(group: string, topic: string) {
    const store = this.#open('lag')
    return store.topic(topic).partitions.reduce((lag, { partition, records }) => {
      const from = store.position(group, topic, partition)?.offset ?? 0
      return lag + records.filter(({ offset }) => offset >= from).length
    }, 0)
  }

  async groups() {
    return [...this.#open('groups').positions.keys()]
  }

  async seek(group: string, position: RecordPosition) {
    const store = this.#open('seek')
    assertWithin(store.partition(position.topic, position.partition), position.offset)
    for (const { group: running, topics } of this.#consumers.values()) {
      if (running === group && topics.includes(position.topic)) {
        throw new PortreeveError('PRV_LOG_GROUP_RUNNING', { group, topic: position.topic })
      }
    }
    store.savePosition(group, position, null)
  }

  async enforceRetention(hold: { groups: readonly string[]; positions: readonly RecordPosition[] }) {
    return enforceMemoryRetention(this.#open('enforceRetention'), hold)
  }

  async close(): Promise<void> {
    this.#closed.abort()
    await Promise.all([...this.#consumers.keys()].map((consumer) => consumer.stop()))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #open(operation: string): MemoryStore {
    if (this.#closed.signal.aborted) throw new PortreeveError('PRV_LOG_CLOSED', { operation })
    return this.store
  }
}

function rejected(error: PortreeveError): Consumer {
  const stop = async () => {}
  return { done: Promise.reject(error), stop, [Symbol.asyncDispose]: stop }
}
