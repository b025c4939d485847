import type { LogCapabilities } from './capabilities.ts'
import type { BatchHandler, ConsumeOptions, Consumer, ReadOptions, ReadResult } from './consumer.ts'
import type { LogRecord, RecordPosition } from './record.ts'
import type { PartitionRange, TopicConfig, TopicDescription, TopicDifference } from './topic.ts'

/**
 * The log port, in Kafka's words. Every method may be called from several places at once, and rejects with
 * `PRV_LOG_CLOSED` once `close` has begun.
 */
export interface Log extends AsyncDisposable {
  /** Frozen; the same before and after `close`. */
  readonly capabilities: LogCapabilities

  /**
   * Makes the topic, or takes over a changed retention. Idempotent. Rejects with `PRV_LOG_TOPIC_PARTITIONS` when it
   * exists with another number of partitions, with `PRV_LOG_COMPACTION` where the engine has none.
   */
  createTopic(config: TopicConfig): Promise<void>
  topics(): Promise<readonly TopicDescription[]>
  /** In what these topics stand otherwise than declared, in their order. Changes nothing. */
  compareTopics(declared: readonly TopicConfig[]): Promise<readonly TopicDifference[]>
  /**
   * Does away with a difference that `compareTopics` told of this topic. Rejects with `PRV_LOG_TOPIC_BY_HAND` when only a person
   * can; nothing is ever taken away from a topic.
   */
  alignTopic(declared: TopicConfig, difference: TopicDifference): Promise<void>
  /** One entry a partition. Rejects with `PRV_LOG_TOPIC_UNKNOWN`. */
  ranges(topic: string): Promise<readonly PartitionRange[]>

  /**
   * Resolves when all records are on disk, in their order, whole or not at all; one position a record, same order.
   * Calls made one after the other without waiting keep that order too. Rejected means: none of them was written,
   * unless the code is `PRV_LOG_APPEND_UNKNOWN` (the engine lost its connection meanwhile).
   * Also rejects with `PRV_LOG_TOPIC_UNKNOWN`, `PRV_LOG_RECORD_TOO_LARGE`, `PRV_LOG_DISK_FULL`, `PRV_LOG_READ_ONLY`.
   */
  append(records: readonly LogRecord[]): Promise<readonly RecordPosition[]>

  /**
   * Hands batches to the handler: per partition one at a time and in order, several partitions at once. What was
   * handed out but not finished comes again after a crash. Nothing is open while the handler runs: it may take minutes.
   */
  consume(options: ConsumeOptions, handler: BatchHandler): Consumer

  /**
   * Reads without a group. Rejects with `PRV_LOG_OFFSET_GONE` when `from` is older than what is kept, with
   * `PRV_LOG_OFFSET_BEYOND_END` when it is higher than `end`, and with the signal's reason.
   */
  read(options: ReadOptions): Promise<ReadResult>

  /** The group's positions: the offset that is handed out next. A partition it never committed is absent. */
  positions(group: string): Promise<readonly (RecordPosition & { metadata: string | null })[]>
  /**
   * Records that the group has yet to finish, over all partitions of the topic: an upper bound where offsets have gaps,
   * but 0 exactly when none is left.
   */
  lag(group: string, topic: string): Promise<number>
  groups(): Promise<readonly string[]>
  /**
   * Moves a stopped group, for replays and for a person's decision to pass a record. Durable when it resolves. Rejects with
   * `PRV_LOG_GROUP_RUNNING`, `PRV_LOG_OFFSET_GONE`, `PRV_LOG_OFFSET_BEYOND_END`.
   */
  seek(group: string, position: RecordPosition): Promise<void>

  /**
   * Removes what each topic's retention lets go, never past the position of a group in `hold.groups` nor past one of
   * `hold.positions`, and gives the disk space back. A group holds all of a topic in which it has any position: where it
   * has none yet, nothing goes. Returns the number of records removed, more where offsets have gaps, but 0 exactly when none went.
   */
  enforceRetention(hold: { groups: readonly string[]; positions: readonly RecordPosition[] }): Promise<number>

  /** Stops the consumers, lets appends under way finish, releases the data. Idempotent. */
  close(): Promise<void>
}
