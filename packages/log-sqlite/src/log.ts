import { PortreeveError } from '@portreeve/errors'
import type {
  BatchHandler,
  ConsumeOptions,
  Consumer,
  Log,
  LogCapabilities,
  LogRecord,
  ReadOptions,
  RecordPosition,
  TopicConfig,
  TopicDifference,
} from '@portreeve/log'
import { topicDifferences } from '@portreeve/log'
import { Admin } from './admin.ts'
import { SqliteConsumer } from './consumer.ts'
import { Producer } from './producer.ts'
import { Reader } from './reader.ts'
import { Shares } from './shares.ts'
import type { Thread } from './thread.ts'

/** A log whose files another process may copy while it is at work. */
export interface FreezableLog extends Log {
  /**
   * Holds the files still before it returns, with every record that was acknowledged so far: what is written meanwhile is kept beside
   * them. The calling thread stands still until then, some ten milliseconds. Throws `PRV_LOG_BUSY`, `PRV_LOG_CLOSED`.
   */
  freeze(): void
  /** Idempotent. */
  thaw(): Promise<void>
}

/** The log port over the worker thread. */
export class SqliteLog implements FreezableLog {
  readonly capabilities: LogCapabilities
  readonly #thread: Thread
  readonly #producer: Producer
  readonly #reader: Reader
  readonly #admin: Admin
  readonly #shares = new Shares()
  readonly #running = new Map<Consumer, ConsumeOptions>()
  #closing: Promise<void> | undefined

  constructor(thread: Thread, folder: string, clock: () => number, capabilities: LogCapabilities) {
    this.capabilities = capabilities
    this.#thread = thread
    this.#producer = new Producer(thread, folder, clock)
    this.#reader = new Reader(thread, clock)
    this.#admin = new Admin(thread, clock, this.#running)
  }

  async createTopic(config: TopicConfig) {
    await this.#open('createTopic').call('createTopic', config)
  }

  async topics() {
    return this.#open('topics').call('topics', undefined)
  }

  async compareTopics(declared: readonly TopicConfig[]) {
    return topicDifferences(declared, await this.#open('compareTopics').call('topics', undefined), 'person')
  }

  async alignTopic(declared: TopicConfig, difference: TopicDifference) {
    const { topic, setting, declared: wanted, actual } = difference
    const thread = this.#open('alignTopic')
    if (difference.change !== 'set') {
      throw new PortreeveError('PRV_LOG_TOPIC_BY_HAND', { topic, setting, declared: wanted, actual })
    }
    const { partitions: _, ...others } = declared
    await thread.call('createTopic', setting === 'topic' ? declared : others)
  }

  async ranges(topic: string) {
    return this.#open('ranges').call('ranges', topic)
  }

  async append(records: readonly LogRecord[]) {
    this.#open('append')
    return this.#producer.write(records)
  }

  consume(options: ConsumeOptions, handler: BatchHandler): Consumer {
    const parts = {
      reader: this.#reader,
      producer: this.#producer,
      shares: this.#shares,
      position: this.#admin.position.bind(this.#admin),
      join: async () => {
        this.#open('consume')
        return this.#admin.join(options)
      },
    }
    const consumer = new SqliteConsumer(parts, options, handler)
    this.#running.set(consumer, options)
    const ended = () => this.#running.delete(consumer)
    consumer.done.then(ended, ended)
    return consumer
  }

  async read(options: ReadOptions) {
    this.#open('read')
    return this.#reader.read(options)
  }

  async positions(group: string) {
    return this.#open('positions').call('positions', group)
  }

  async lag(group: string, topic: string) {
    return this.#open('lag').call('lag', { group, topic })
  }

  async groups() {
    return this.#open('groups').call('groups', undefined)
  }

  async seek(group: string, position: RecordPosition) {
    this.#open('seek')
    await this.#admin.seek(group, position)
  }

  async enforceRetention(hold: { groups: readonly string[]; positions: readonly RecordPosition[] }) {
    this.#open('enforceRetention')
    return this.#admin.enforceRetention(hold)
  }

  freeze(): void {
    this.#open('freeze').freeze()
  }

  async thaw() {
    await this.#open('thaw').call('thaw', undefined)
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((consumer) => consumer.stop()))
    await this.#producer.idle()
    await this.#thread.end()
  }

  #open(operation: string): Thread {
    if (this.#closing !== undefined) throw new PortreeveError('PRV_LOG_CLOSED', { operation })
    return this.#thread
  }
}
