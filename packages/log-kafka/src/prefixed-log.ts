import type {
  Batch,
  BatchHandler,
  ConsumeOptions,
  Consumer,
  Log,
  LogCapabilities,
  LogRecord,
  ReadOptions,
  ReadResult,
  RecordPosition,
  StoredRecord,
  TopicConfig,
  TopicDifference,
} from '@portreeve/log'

/** A log whose topics and groups are called otherwise where they are kept: so that several share a cluster. */
export class PrefixedLog implements Log {
  readonly capabilities: LogCapabilities
  readonly #log: Log
  readonly #prefix: string

  constructor(log: Log, prefix: string) {
    this.#log = log
    this.#prefix = prefix
    this.capabilities = log.capabilities
  }

  createTopic(config: TopicConfig) {
    return this.#log.createTopic({ ...config, name: this.#there(config.name) })
  }

  async topics() {
    const all = await this.#log.topics()
    return all.flatMap((topic) => {
      const name = this.#own(topic.name)
      return name === null ? [] : [{ ...topic, name }]
    })
  }

  async compareTopics(declared: readonly TopicConfig[]) {
    const told = await this.#log.compareTopics(
      declared.map((config) => ({ ...config, name: this.#there(config.name) })),
    )
    return told.map((difference) => ({ ...difference, topic: difference.topic.slice(this.#prefix.length) }))
  }

  alignTopic(declared: TopicConfig, difference: TopicDifference) {
    const topic = this.#there(difference.topic)
    return this.#log.alignTopic({ ...declared, name: this.#there(declared.name) }, { ...difference, topic })
  }

  ranges(topic: string) {
    return this.#log.ranges(this.#there(topic))
  }

  async append(records: readonly LogRecord[]) {
    const positions = await this.#log.append(records.map((record) => this.#record(record)))
    return positions.flatMap((position) => this.#position(position))
  }

  consume({ group, topics, prepare, ...options }: ConsumeOptions, handler: BatchHandler): Consumer {
    const wanted: ConsumeOptions = {
      ...options,
      group: this.#there(group),
      topics: topics.map((topic) => this.#there(topic)),
      ...(prepare && { prepare: (given) => prepare({ ...given, topic: given.topic.slice(this.#prefix.length) }) }),
    }
    return this.#log.consume(wanted, async (batch) => {
      const { append, ...rest } = await handler(this.#batch(batch))
      return { ...rest, append: append.map((record) => this.#record(record)) }
    })
  }

  async read(options: ReadOptions): Promise<ReadResult> {
    const { records, next } = await this.#log.read({ ...options, topic: this.#there(options.topic) })
    return { records: this.#stored(options.topic, records), next }
  }

  async positions(group: string) {
    const positions = await this.#log.positions(this.#there(group))
    return positions.flatMap((position) => this.#position(position))
  }

  lag(group: string, topic: string) {
    return this.#log.lag(this.#there(group), this.#there(topic))
  }

  async groups() {
    const all = await this.#log.groups()
    return all.flatMap((group) => this.#own(group) ?? [])
  }

  seek(group: string, position: RecordPosition) {
    return this.#log.seek(this.#there(group), { ...position, topic: this.#there(position.topic) })
  }

  enforceRetention(hold: { groups: readonly string[]; positions: readonly RecordPosition[] }) {
    return this.#log.enforceRetention({
      groups: hold.groups.map((group) => this.#there(group)),
      positions: hold.positions.map((position) => ({ ...position, topic: this.#there(position.topic) })),
    })
  }

  close() {
    return this.#log.close()
  }

  [Symbol.asyncDispose]() {
    return this.close()
  }

  #there(name: string): string {
    return this.#prefix + name
  }

  /** `null`: somebody else's. */
  #own(name: string): string | null {
    return name.startsWith(this.#prefix) ? name.slice(this.#prefix.length) : null
  }

  #record<Kind extends LogRecord>(record: Kind): Kind {
    return { ...record, topic: this.#there(record.topic) }
  }

  #position<Kind extends RecordPosition>(position: Kind): Kind[] {
    const topic = this.#own(position.topic)
    return topic === null ? [] : [{ ...position, topic }]
  }

  #batch(batch: Batch): Batch {
    const topic = batch.topic.slice(this.#prefix.length)
    return { ...batch, topic, records: this.#stored(topic, batch.records) }
  }

  #stored(topic: string, records: readonly StoredRecord[]): readonly StoredRecord[] {
    return records.map((record) => ({ ...record, topic }))
  }
}
