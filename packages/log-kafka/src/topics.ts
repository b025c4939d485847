import { PortreeveError } from '@portreeve/errors'
import {
  type LogRecord,
  partitionForKey,
  stopwatch,
  type TopicConfig,
  type TopicDescription,
  type TopicDifference,
  topicDifferences,
} from '@portreeve/log'
import type { Admin } from './admin.ts'
import type { Kept } from './kept.ts'
import { clusterDifferences, settingsOf } from './topic-settings.ts'

/** Others may add partitions to a topic: for so long they are not written to from here. */
const knownForMs = 60_000
const namePattern = /^[A-Za-z0-9._-]{1,249}$/

/** What decides where a record goes. */
export type Unplaced = Pick<LogRecord, 'topic' | 'key'> & { readonly partition?: number | undefined }

/** The topics of the cluster: how many partitions each has, and how long its records are kept. */
export class Topics {
  readonly #admin: Admin
  readonly #kept: Kept
  readonly #replication: number | undefined
  #partitions: ReadonlyMap<string, number> = new Map()
  readonly #learn: (topic: string) => Promise<void>
  #turn = 0
  #known = { passed: stopwatch(), isAsked: false }

  /** `replication`: of topics that declare none. `learn` resolves when the new partitions of a topic can be written to. */
  constructor(admin: Admin, kept: Kept, learn: (topic: string) => Promise<void>, replication?: number) {
    this.#learn = learn
    this.#admin = admin
    this.#kept = kept
    this.#replication = replication
  }

  async create(config: TopicConfig): Promise<void> {
    const { name, partitions = 1, replication } = config
    if (!namePattern.test(name) || name === '.' || name === '..') {
      throw new PortreeveError('PRV_LOG_TOPIC_NAME', { topic: name })
    }
    await this.#refresh()
    if (!this.#partitions.has(name)) {
      await this.#admin.createTopic(name, partitions, settingsOf(config, replication ?? this.#replication), replication)
      await this.#untilKnown(name)
    }
    const found = this.#partitions.get(name) ?? 0
    if (found !== partitions) {
      throw new PortreeveError('PRV_LOG_TOPIC_PARTITIONS', { topic: name, found, wanted: partitions })
    }
    await this.#keepRetention(config)
  }

  async compare(declared: readonly TopicConfig[]): Promise<readonly TopicDifference[]> {
    const described = await this.describe()
    const there = declared.filter(({ name }) => this.#partitions.has(name))
    const cluster = await this.#admin.describeTopics(there.map(({ name }) => name))
    const ofCluster = there.flatMap((config) => {
      const found = cluster.find(({ name }) => name === config.name)
      return found ? clusterDifferences(config, found, this.#replication) : []
    })
    const all = [...topicDifferences(declared, described, 'moves-keys'), ...ofCluster]
    return declared.flatMap(({ name }) => all.filter(({ topic }) => topic === name))
  }

  async align(config: TopicConfig, { topic, setting, declared, actual, change }: TopicDifference): Promise<void> {
    if (change === 'person') throw new PortreeveError('PRV_LOG_TOPIC_BY_HAND', { topic, setting, declared, actual })
    switch (setting) {
      case 'topic':
        return await this.create(config)
      case 'partitions': {
        const { partitions = 1 } = config
        await this.#admin.addPartitions(topic, partitions)
        return await this.#untilKnown(topic, partitions)
      }
      case 'retentionMs':
      case 'retentionBytes':
        return await this.#keepRetention(config)
      default:
        return await this.#admin.setTopic(topic, { [setting]: declared })
    }
  }

  async #keepRetention({ name, retentionMs, retentionBytes }: TopicConfig): Promise<void> {
    const retention = JSON.stringify({ retentionMs, retentionBytes })
    await this.#kept.catchUp()
    if (this.#kept.get(`topic ${name}`) !== retention) await this.#kept.set(`topic ${name}`, retention)
  }

  async describe(): Promise<readonly TopicDescription[]> {
    await this.#refresh()
    await this.#kept.catchUp()
    return [...this.#partitions].map(([name, partitions]) => ({ name, partitions, ...this.#retentionOf(name) }))
  }

  /** Partitions of a topic, from 0. Rejects with `PRV_LOG_TOPIC_UNKNOWN`. */
  async partitionsOf(topic: string): Promise<number> {
    if (!this.#partitions.has(topic)) await this.#refresh()
    const partitions = this.#partitions.get(topic)
    if (partitions === undefined) await this.#admin.refuseUnknown(topic)
    if (partitions === undefined) throw new PortreeveError('PRV_LOG_TOPIC_UNKNOWN', { topic })
    return partitions
  }

  /** The partition that a record goes to. Rejects with `PRV_LOG_TOPIC_UNKNOWN`, `PRV_LOG_PARTITION_UNKNOWN`. */
  placeOf(record: Unplaced): number | Promise<number> {
    const { topic } = record
    this.#refreshWhenOld()
    const partitions = this.#partitions.get(topic)
    // Most topics are known: whoever asks for thousands of records waits for none of them.
    if (partitions !== undefined && (record.partition ?? 0) < partitions) return this.#placeAmong(record, partitions)
    return this.#partitionsAnew(topic).then((found) => this.#placeAmong(record, found))
  }

  async refuseUnknown(topic: string, partition: number): Promise<void> {
    const known = await this.partitionsOf(topic)
    refuseOutside(topic, partition, partition < known ? known : await this.#partitionsAnew(topic))
  }

  /** As the cluster has it now. */
  async #partitionsAnew(topic: string): Promise<number> {
    await this.#refresh()
    return await this.partitionsOf(topic)
  }

  /** Nobody waits for it: what is known holds until then. */
  #refreshWhenOld(): void {
    if (this.#known.isAsked || this.#known.passed() < knownForMs) return
    this.#known.isAsked = true
    this.#refresh().catch(() => {
      this.#known = { passed: stopwatch(), isAsked: false }
    })
  }

  #placeAmong({ topic, key, partition }: Unplaced, partitions: number): number {
    if (partition !== undefined) {
      refuseOutside(topic, partition, partitions)
      return partition
    }
    if (key !== null) return partitionForKey(key, partitions)
    this.#turn = (this.#turn + 1) % partitions
    return this.#turn
  }

  #retentionOf(name: string): Pick<TopicConfig, 'retentionMs' | 'retentionBytes'> {
    const text = this.#kept.get(`topic ${name}`)
    if (text === null) return {}
    const { retentionMs, retentionBytes }: Partial<TopicConfig> = JSON.parse(text)
    return {
      ...(retentionMs !== undefined && { retentionMs }),
      ...(retentionBytes !== undefined && { retentionBytes }),
    }
  }

  async #refresh(): Promise<void> {
    const topics = new Map(await this.#admin.topics())
    topics.delete(this.#kept.topic)
    const grown = [...topics].filter(([name, partitions]) => partitions > (this.#partitions.get(name) ?? partitions))
    await Promise.all(grown.map(([name]) => this.#learn(name)))
    this.#partitions = topics
    this.#known = { passed: stopwatch(), isAsked: false }
  }

  /** A topic that was made is not known to every broker at once. */
  async #untilKnown(name: string, partitions = 1): Promise<void> {
    for (let round = 0; round < 100; round += 1) {
      await this.#refresh()
      if ((this.#partitions.get(name) ?? 0) >= partitions) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new PortreeveError('PRV_LOG_TOPIC_UNKNOWN', { topic: name })
  }
}

function refuseOutside(topic: string, partition: number, partitions: number): void {
  if (Number.isInteger(partition) && partition >= 0 && partition < partitions) return
  throw new PortreeveError('PRV_LOG_PARTITION_UNKNOWN', { topic, partition, partitions })
}
