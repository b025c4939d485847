/** How a topic is kept. */
export interface TopicConfig {
  readonly name: string
  /** 1 or more; fixed when the topic is made, for a key's partition depends on it. Default 1. */
  readonly partitions?: number
  /** Records older than this may go. Absent: kept for ever. */
  readonly retentionMs?: number
  /** Oldest records may go while a partition holds more than this. Absent: no limit. */
  readonly retentionBytes?: number
}

/** A topic as it stands. */
export interface TopicDescription extends TopicConfig {
  readonly partitions: number
}

/** The two ends of a partition. */
export interface PartitionRange {
  readonly partition: number
  /** First offset that is still kept. */
  readonly start: number
  /**
   * All records that can be read now stand before it; the next one to become readable stands here or higher. Records
   * of a transaction still open, and all behind them, cannot be read yet (Kafka: the last stable offset).
   */
  readonly end: number
}
