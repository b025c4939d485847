import { PortreeveError } from '@portreeve/errors'
import type {
  BatchHandler,
  ConsumeOptions,
  Consumer,
  Log,
  LogCapabilities,
  LogRecord,
  PartitionRange,
  ReadOptions,
  RecordPosition,
  TopicConfig,
  TopicDifference,
} from '@portreeve/log'
import type { Admin } from './admin.ts'
import { capabilities } from './capabilities.ts'
import { type ConsumerParts, KafkaConsumer } from './consumer.ts'
import type { Reader } from './reader.ts'
import { enforceRetention } from './retention.ts'
import { placeKey } from './standings.ts'

export interface LogParts extends Omit<ConsumerParts, 'refuseUnlessOpen'> {
  readonly admin: Admin
  readonly reader: Reader
}

/** The log port over Apache Kafka. */
export class KafkaLog implements Log {
  readonly capabilities: LogCapabilities = capabilities
  readonly #parts: LogParts
  readonly #running = new Map<Consumer, ConsumeOptions>()
  #closing: Promise<void> | undefined

  constructor(parts: LogParts) {
    this.#parts = parts
  }

  async createTopic(config: TopicConfig) {
    await this.#open('createTopic').topics.create(config)
  }

  async topics() {
    return await this.#open('topics').topics.describe()
  }

  async compareTopics(declared: readonly TopicConfig[]) {
    return await this.#open('compareTopics').topics.compare(declared)
  }

  async alignTopic(declared: TopicConfig, difference: TopicDifference) {
    await this.#open('alignTopic').topics.align(declared, difference)
  }

  async ranges(topic: string): Promise<readonly PartitionRange[]> {
    const { ends, topics } = this.#open('ranges')
    return await ends.ofTopic(topic, await topics.partitionsOf(topic))
  }

  async append(records: readonly LogRecord[]) {
    const { producer } = this.#open('append')
    return records.length === 0 ? [] : await producer.write(records)
  }

  consume(options: ConsumeOptions, handler: BatchHandler): Consumer {
    const refuseUnlessOpen = () => void this.#open('consume')
    const consumer = new KafkaConsumer({ ...this.#parts, refuseUnlessOpen }, options, handler)
    this.#running.set(consumer, options)
    const ended = () => this.#running.delete(consumer)
    consumer.done.then(ended, ended)
    return consumer
  }

  async read(options: ReadOptions) {
    const { reader, topics } = this.#open('read')
    await topics.refuseUnknown(options.topic, options.partition)
    try {
      return await reader.read(options)
    } catch (error) {
      this.#open('read')
      throw error
    }
  }

  async positions(group: string) {
    const { admin, kept } = this.#open('positions')
    const positions = await admin.positions(group)
    await kept.catchUp()
    return positions.map((position) => {
      const text = kept.get(placeKey(group, position))
      const left: { offset: number; metadata: string | null } | null = text === null ? null : JSON.parse(text)
      return { ...position, metadata: left?.offset === position.offset ? left.metadata : null }
    })
  }

  async lag(group: string, topic: string) {
    const { admin, ends, topics, reader } = this.#open('lag')
    const positions = await admin.positions(group)
    let lag = 0
    for (const { partition, start, end } of await ends.ofTopic(topic, await topics.partitionsOf(topic))) {
      const position = positions.find((one) => one.topic === topic && one.partition === partition)
      const from = Math.max(start, position?.offset ?? start)
      if (from >= end) continue
      const { records, next } = await reader.read({ topic, partition, from, maxRecords: 100 })
      lag += next >= end ? records.length : end - from
    }
    return lag
  }

  async groups() {
    return await this.#open('groups').admin.groups()
  }

  async seek(group: string, position: RecordPosition) {
    const { admin, ends, topics } = this.#open('seek')
    const { topic, partition, offset } = position
    await topics.refuseUnknown(topic, partition)
    const { start, end } = await ends.ofPartition({ topic, partition })
    if (offset < start) throw new PortreeveError('PRV_LOG_OFFSET_GONE', { topic, partition, offset, start })
    if (offset > end) throw new PortreeveError('PRV_LOG_OFFSET_BEYOND_END', { topic, partition, offset, end })
    for (const running of this.#running.values()) {
      if (running.group === group && running.topics.includes(topic)) {
        throw new PortreeveError('PRV_LOG_GROUP_RUNNING', { group, topic })
      }
    }
    await admin.setPosition(group, position)
  }

  async enforceRetention(hold: { groups: readonly string[]; positions: readonly RecordPosition[] }) {
    const { admin, ends, reader, topics } = this.#open('enforceRetention')
    const positions = (group: string) => admin.positions(group)
    return await enforceRetention({ admin, ends, reader, topics: () => topics.describe(), positions }, hold)
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    const { producer, reader, admin } = this.#parts
    await Promise.all([...this.#running.keys()].map((consumer) => consumer.stop()))
    await producer.close()
    await reader.close()
    await admin.close()
  }

  #open(operation: string): LogParts {
    if (this.#closing !== undefined) throw new PortreeveError('PRV_LOG_CLOSED', { operation })
    return this.#parts
  }
}
