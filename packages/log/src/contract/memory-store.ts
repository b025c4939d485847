import { EventEmitter } from 'node:events'
import { PortreeveError } from '@portreeve/errors'
import { partitionForKey } from '../murmur2.ts'
import { type LogRecord, maxRecordBytes, type RecordPosition, recordBytes, type StoredRecord } from '../record.ts'
import type { TopicConfig, TopicDescription } from '../topic.ts'

export interface MemoryPartition {
  readonly topic: string
  readonly partition: number
  start: number
  end: number
  records: StoredRecord[]
}

export interface MemoryTopic {
  config: TopicDescription
  readonly partitions: readonly MemoryPartition[]
}

export interface MemoryPosition {
  readonly offset: number
  readonly metadata: string | null
}

/** What stands for the disk: it outlives the log that was opened on it. */
export class MemoryStore {
  readonly topics = new Map<string, MemoryTopic>()
  /** By group, then by `topic/partition`. */
  readonly positions = new Map<string, Map<string, MemoryPosition>>()
  /** Partitions of groups that a consumer has: `group topic/partition`. */
  readonly taken = new Set<string>()
  /** `changed`: somebody wrote, or let go of a partition. */
  readonly events = new EventEmitter().setMaxListeners(0)
  /** Leaves a gap behind each append, as Kafka's transaction markers do. */
  readonly gap: number
  #turn = 0

  constructor(gap: number) {
    this.gap = gap
  }

  topic(name: string): MemoryTopic {
    const topic = this.topics.get(name)
    if (topic === undefined) throw new PortreeveError('PRV_LOG_TOPIC_UNKNOWN', { topic: name })
    return topic
  }

  partition(topic: string, partition: number): MemoryPartition {
    const { partitions } = this.topic(topic)
    const found = partitions[partition]
    if (found !== undefined) return found
    throw new PortreeveError('PRV_LOG_PARTITION_UNKNOWN', { topic, partition, partitions: partitions.length })
  }

  createTopic(config: TopicConfig): void {
    const { name } = config
    const found = this.topics.get(name)
    const wanted = config.partitions ?? found?.partitions.length ?? 1
    if (!/^[\w.-]{1,249}$/.test(name)) throw new PortreeveError('PRV_LOG_TOPIC_NAME', { topic: name })
    if (found !== undefined && found.partitions.length !== wanted) {
      const details = { topic: name, found: found.partitions.length, wanted }
      throw new PortreeveError('PRV_LOG_TOPIC_PARTITIONS', details)
    }
    const partitions = Array.from({ length: wanted }, (_, partition) => ({
      topic: name,
      partition,
      start: 0,
      end: 0,
      records: [],
    }))
    const topic = found ?? { config: { ...config, partitions: wanted }, partitions }
    const { compaction = false } = topic.config
    topic.config = { ...config, partitions: wanted, compaction }
    this.topics.set(name, topic)
  }

  /** Finds every place before it writes anything: whole or not at all. */
  append(records: readonly LogRecord[]): RecordPosition[] {
    const places = records.map((record) => {
      const bytes = recordBytes(record)
      if (bytes > maxRecordBytes) {
        throw new PortreeveError('PRV_LOG_RECORD_TOO_LARGE', { topic: record.topic, bytes, limit: maxRecordBytes })
      }
      return this.partition(record.topic, this.#choose(record))
    })
    const timestamp = Date.now()
    const positions = records.map((record, index) => {
      const place = places[index] ?? this.partition(record.topic, 0)
      const { topic, partition } = place
      const offset = place.end++
      place.records.push({ ...copy(record), partition, offset, timestamp })
      return { topic, partition, offset }
    })
    for (const place of new Set(places)) place.end += this.gap
    this.events.emit('changed')
    return positions
  }

  savePosition(group: string, { topic, partition, offset }: RecordPosition, metadata: string | null): void {
    const positions = this.positions.get(group) ?? new Map<string, MemoryPosition>()
    this.positions.set(group, positions.set(`${topic}/${partition}`, { offset, metadata }))
  }

  position(group: string, topic: string, partition: number): MemoryPosition | undefined {
    return this.positions.get(group)?.get(`${topic}/${partition}`)
  }

  #choose({ topic, key, partition }: LogRecord): number {
    const { length } = this.topic(topic).partitions
    if (partition !== undefined) return partition
    return key === null ? this.#turn++ % length : partitionForKey(key, length)
  }
}

function copy({ topic, key, value, headers }: LogRecord): LogRecord {
  return {
    topic,
    key: key && Uint8Array.from(key),
    value: value && Uint8Array.from(value),
    headers: headers.map(([name, bytes]) => [name, Uint8Array.from(bytes)]),
  }
}

/** Throws `PRV_LOG_OFFSET_GONE`, `PRV_LOG_OFFSET_BEYOND_END`. */
export function assertWithin({ topic, partition, start, end }: MemoryPartition, offset: number): void {
  if (offset < start) throw new PortreeveError('PRV_LOG_OFFSET_GONE', { topic, partition, offset, start })
  if (offset > end) throw new PortreeveError('PRV_LOG_OFFSET_BEYOND_END', { topic, partition, offset, end })
}

/** Keys, values and headers of a record. */
export function bytesOf({ key, value, headers }: LogRecord): number {
  const ownBytes = (key?.length ?? 0) + (value?.length ?? 0)
  return headers.reduce((sum, [name, bytes]) => sum + Buffer.byteLength(name) + bytes.length, ownBytes)
}
