import type { Database } from '@portreeve/database'
import { PortreeveError } from '@portreeve/errors'
import type { TopicConfig, TopicDescription } from '@portreeve/log'
import { MAX_SLOTS, rowSum } from './place.ts'

/** A partition as it stands on disk; `write` and `retention` change it, within their transactions. */
export interface Partition {
  readonly topic: string
  readonly partition: number
  /** Number of the partition over all topics, from 0. */
  readonly slot: number
  start: number
  end: number
  bytes: number
  lastTimestamp: number
}

export interface Topic {
  description: TopicDescription
  readonly partitions: readonly Partition[]
  /** Takes the next record without a key. */
  turn: number
}

/** The topics, kept in memory beside their rows. */
export class Topics {
  readonly #topics = new Map<string, Topic>()
  readonly #insertTopic
  readonly #savePartition
  readonly #database: Database

  constructor(database: Database, topics: readonly Topic[]) {
    this.#database = database
    for (const topic of topics) this.#topics.set(topic.description.name, topic)
    this.#insertTopic = database.prepare('INSERT OR REPLACE INTO topic VALUES (?, ?, ?, ?, ?, ?)')
    this.#savePartition = database.prepare('INSERT OR REPLACE INTO partition VALUES (?, ?, ?, ?, ?, ?)')
  }

  all(): Topic[] {
    return [...this.#topics.values()]
  }

  find(name: string): Topic | undefined {
    return this.#topics.get(name)
  }

  get(name: string): Topic {
    const topic = this.#topics.get(name)
    if (topic === undefined) throw new PortreeveError('PRV_LOG_TOPIC_UNKNOWN', { topic: name })
    return topic
  }

  partition(name: string, partition: number): Partition {
    const { partitions } = this.get(name)
    const found = partitions[partition]
    if (found !== undefined) return found
    throw new PortreeveError('PRV_LOG_PARTITION_UNKNOWN', { topic: name, partition, partitions: partitions.length })
  }

  create(config: TopicConfig): void {
    const { name } = config
    if (!/^[A-Za-z0-9._-]{1,249}$/.test(name)) throw new PortreeveError('PRV_LOG_TOPIC_NAME', { topic: name })
    if (config.compaction) throw new PortreeveError('PRV_LOG_COMPACTION', { topic: name, engine: 'sqlite' })
    const known = this.#topics.get(name)
    const found = known?.partitions.length
    const wanted = config.partitions ?? found ?? 1
    if (found !== undefined && found !== wanted) {
      throw new PortreeveError('PRV_LOG_TOPIC_PARTITIONS', { topic: name, found, wanted })
    }
    const { retentionMs, retentionBytes } = config
    const description: TopicDescription = {
      name,
      partitions: wanted,
      ...(retentionMs !== undefined && { retentionMs }),
      ...(retentionBytes !== undefined && { retentionBytes }),
    }
    const firstSlot = known?.partitions[0]?.slot ?? this.#freeSlot(name, wanted)
    const partitions = known?.partitions ?? newPartitions(name, firstSlot, wanted)
    this.#database.transaction(() => {
      const row = [name, firstSlot, wanted, config.retentionMs ?? null, config.retentionBytes ?? null] as const
      this.#insertTopic.run(...row, rowSum(...row))
      if (known === undefined) for (const partition of partitions) this.save(partition)
    })
    if (known === undefined) this.#topics.set(name, { description, partitions, turn: 0 })
    else known.description = description
  }

  save({ slot, start, end, bytes, lastTimestamp }: Partition): void {
    this.#savePartition.run(slot, start, end, bytes, lastTimestamp, rowSum(slot, start, end, bytes, lastTimestamp))
  }

  #freeSlot(topic: string, wanted: number): number {
    const found = this.all().reduce((slots, { partitions }) => slots + partitions.length, 0)
    if (found + wanted <= MAX_SLOTS) return found
    throw new PortreeveError('PRV_LOG_PARTITIONS_TOO_MANY', { topic, wanted, found, limit: MAX_SLOTS })
  }
}

function newPartitions(topic: string, firstSlot: number, count: number): Partition[] {
  return Array.from({ length: count }, (_, partition) => ({
    topic,
    partition,
    slot: firstSlot + partition,
    start: 0,
    end: 0,
    bytes: 0,
    lastTimestamp: 0,
  }))
}
