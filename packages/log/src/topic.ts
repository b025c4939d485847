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
  /** The offset that the next record will be given, or a higher one. */
  readonly end: number
  /** Bytes kept: keys, values, headers. */
  readonly bytes: number
}
