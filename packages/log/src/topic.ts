/** How a topic is kept. */
export interface TopicConfig {
  readonly name: string
  /** 1 or more; fixed when the topic is made, for a key's partition depends on it. Default 1. */
  readonly partitions?: number
  /** Records older than this may go. Absent: kept for ever. */
  readonly retentionMs?: number
  /** Oldest records may go while a partition holds more than this. Absent: no limit. */
  readonly retentionBytes?: number
  /**
   * The last record of each key is kept, and what it has replaced may go, a day after it was written or later, whether anybody has
   * read it or not. Fixed when the topic is made, but for `alignTopic`. Default false.
   */
  readonly compaction?: boolean
  /** Copies of each record, when the topic is made; an engine on one machine has one. Default: the engine's own. */
  readonly replication?: number
}

/** A topic as it stands. */
export interface TopicDescription extends TopicConfig {
  readonly partitions: number
}

/** One thing in which a topic stands otherwise than it is declared. */
export interface TopicDifference {
  readonly topic: string
  /** `topic`: it is not there. Else a key of `TopicConfig`, or a setting by the engine's own name. */
  readonly setting: string
  /** In words, as `actual`. */
  readonly declared: string
  readonly actual: string
  /**
   * What it takes. `set`: `alignTopic`. `moves-keys`: the same, but keys go to other partitions from then on, and what comes under a
   * key may overtake what came before. `person`: it cannot be changed from here.
   */
  readonly change: 'set' | 'moves-keys' | 'person'
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
