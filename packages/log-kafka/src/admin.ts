import { Admin as Client } from '@platformatic/kafka'
import { isPortreeveError } from '@portreeve/errors'
import type { PartitionRange, RecordPosition } from '@portreeve/log'
import { type KafkaConnection, requestTimeoutMs } from './connection.ts'
import { inOurWords, type Moment } from './errors.ts'
import { adminSecurity } from './security.ts'

const earliest = -2n
const latest = -1n
const readCommitted = 1
const topicAlreadyExists = 36
const topicResource = 2
const setOperation = 0

/** What a question is about, for the sentence that tells why it was not answered. */
type About = Pick<Moment, 'topic' | 'group'>

/** A change of a topic's settings, by Kafka's names. */
export type TopicSettings = Readonly<Record<string, string>>

/** A topic as the cluster has it. */
export interface ClusterTopic {
  readonly name: string
  /** Of the partition that has fewest. */
  readonly copies: number
  /** All that hold, the cluster's own too. */
  readonly settings: ReadonlyMap<string, string>
}

/** Questions to the cluster, and changes of it, that are neither reading nor writing of records. Rejects in the log's words. */
export class Admin {
  readonly #client: Client
  readonly #connection: KafkaConnection

  constructor(connection: KafkaConnection) {
    this.#connection = connection
    this.#client = new Client({
      clientId: 'portreeve',
      bootstrapBrokers: connection.brokers.split(','),
      timeout: requestTimeoutMs,
      retries: 3,
      autocreateTopics: false,
      ...adminSecurity(connection),
    })
  }

  /** Partitions by topic; Kafka's own topics are left out. */
  async topics(): Promise<ReadonlyMap<string, number>> {
    return await this.#ask({}, async (client) => {
      const names = await client.listTopics({ includeInternals: false })
      if (names.length === 0) return new Map<string, number>()
      const { topics } = await client.metadata({ topics: names, forceUpdate: true })
      return new Map([...topics].map(([name, { partitionsCount }]) => [name, partitionsCount]))
    })
  }

  /** Rejects with `PRV_LOG_TOPIC_UNKNOWN`; whoever may not know of a topic is told that. */
  async refuseUnknown(topic: string): Promise<void> {
    const topics = [topic]
    await this.#ask({ topic }, (client) => client.metadata({ topics, forceUpdate: true, retries: 0 }))
  }

  /** Does nothing where the topic is there: another worker may have been quicker. */
  async createTopic(topic: string, partitions: number, settings: TopicSettings, replicas?: number): Promise<void> {
    const configs = Object.entries(settings).map(([name, value]) => ({ name, value }))
    const replication = replicas ?? this.#connection.replication ?? -1
    try {
      await this.#ask({ topic }, (client) =>
        client.createTopics({ topics: [topic], partitions, replicas: replication, configs }),
      )
    } catch (error) {
      const isThere = isPortreeveError(error, 'PRV_KAFKA_FAILED') && error.details.fault === `${topicAlreadyExists}`
      if (!isThere) throw error
    }
  }

  /** Of topics that are there, in any order. */
  async describeTopics(names: readonly string[]): Promise<readonly ClusterTopic[]> {
    if (names.length === 0) return []
    return await this.#ask({}, async (client) => {
      const resources = names.map((resourceName) => ({ resourceType: topicResource, resourceName })) as Parameters<
        Client['describeConfigs']
      >[0]['resources']
      const { topics } = await client.metadata({ topics: [...names], forceUpdate: true })
      const described = await client.describeConfigs({ resources })
      return described.map(({ resourceName: name, configs }) => {
        const copies = (topics.get(name)?.partitions ?? []).map(({ replicas }) => replicas.length)
        const settings = new Map(configs.map((config) => [config.name, config.value ?? '']))
        return { name, copies: Math.min(...copies), settings }
      })
    })
  }

  async addPartitions(topic: string, partitions: number): Promise<void> {
    await this.#ask({ topic }, (client) => client.createPartitions({ topics: [{ name: topic, count: partitions }] }))
  }

  /** First offset that is kept, and the last stable offset. */
  async ranges(topic: string, partitions: readonly number[]): Promise<readonly PartitionRange[]> {
    return await this.#ask({ topic }, async (client) => {
      const [starts, ends] = await Promise.all([
        offsetsAt(client, topic, partitions, earliest),
        offsetsAt(client, topic, partitions, latest),
      ])
      return partitions.map((partition) => {
        return { partition, start: starts.get(partition) ?? 0, end: ends.get(partition) ?? 0 }
      })
    })
  }

  /** The first offset of a partition with this time or a later one; `null`: there is none. */
  async offsetAtTime(topic: string, partition: number, timeMs: number): Promise<number | null> {
    const offsets = await this.#ask({ topic }, (client) => offsetsAt(client, topic, [partition], BigInt(timeMs)))
    const offset = offsets.get(partition) ?? -1
    return offset < 0 ? null : offset
  }

  async deleteBefore({ topic, partition, offset }: RecordPosition): Promise<void> {
    await this.#ask({ topic }, (client) =>
      client.deleteRecords({ topics: [{ name: topic, partitions: [{ partition, offset: BigInt(offset) }] }] }),
    )
  }

  async groups(): Promise<readonly string[]> {
    return await this.#ask({}, async (client) => [...(await client.listGroups({})).keys()])
  }

  async positions(group: string): Promise<readonly RecordPosition[]> {
    return await this.#ask({ group }, async (client) => {
      const [found] = await client.listConsumerGroupOffsets({ groups: [group], requireStable: true })
      return (found?.topics ?? []).flatMap(({ name: topic, partitions }) =>
        partitions.flatMap(({ partitionIndex: partition, committedOffset }) =>
          committedOffset < 0n ? [] : [{ topic, partition, offset: Number(committedOffset) }],
        ),
      )
    })
  }

  /** Moves a group that has no member. */
  async setPosition(group: string, { topic, partition, offset }: RecordPosition): Promise<void> {
    await this.#ask({ group, topic }, (client) =>
      client.alterConsumerGroupOffsets({
        groupId: group,
        topics: [{ name: topic, partitionOffsets: [{ partition, offset: BigInt(offset) }] }],
      }),
    )
  }

  /** Bytes on the disks of the leader's broker. */
  async diskBytes(topic: string, partitions: number): Promise<ReadonlyMap<number, number>> {
    return await this.#ask({ topic }, async (client) => {
      const all = [...new Array(partitions).keys()]
      const described = await client.describeLogDirs({ topics: [{ name: topic, partitions: all }] })
      const sizes = new Map<number, number>()
      for (const { results } of described) {
        for (const { topics } of results) {
          for (const { name, partitions: each } of topics) {
            if (name !== topic) continue
            for (const { partitionIndex, partitionSize } of each) {
              sizes.set(partitionIndex, Math.max(sizes.get(partitionIndex) ?? 0, Number(partitionSize)))
            }
          }
        }
      }
      return sizes
    })
  }

  async setTopic(topic: string, settings: TopicSettings): Promise<void> {
    const configs = Object.entries(settings).map(([name, value]) => ({ name, value, configOperation: setOperation }))
    await this.#ask({ topic }, (client) =>
      client.incrementalAlterConfigs({
        resources: [{ resourceType: topicResource, resourceName: topic, configs }],
      } as Parameters<Client['incrementalAlterConfigs']>[0]),
    )
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  async #ask<Answer>(about: About, question: (client: Client) => Promise<Answer>): Promise<Answer> {
    try {
      return await question(this.#client)
    } catch (error) {
      throw inOurWords(error, { ...this.#connection, ...about })
    }
  }
}

async function offsetsAt(
  client: Client,
  topic: string,
  partitions: readonly number[],
  timestamp: bigint,
): Promise<ReadonlyMap<number, number>> {
  const [found] = await client.listOffsets({
    topics: [{ name: topic, partitions: partitions.map((partitionIndex) => ({ partitionIndex, timestamp })) }],
    isolationLevel: readCommitted,
  })
  return new Map((found?.partitions ?? []).map(({ partitionIndex, offset }) => [partitionIndex, Number(offset)]))
}
