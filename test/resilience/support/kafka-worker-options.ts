/** What a worker on a Kafka cluster is told, as JSON in its one argument. */
export interface KafkaWorker {
  readonly brokers: string
  /** Before the names of its topics and groups. */
  readonly prefix: string
  /** Kept over its restarts. */
  readonly transactionalId: string
  /** Writes to `in`; copies from `in` to `out`; or only reads `out`. */
  readonly work: 'produce' | 'copy' | 'consume'
  /** Part of the names of what a producer writes. */
  readonly name: string
  /** Counts its starts; part of those names too. */
  readonly life: number
  /** A producer ends after so many records. Default: when it is told to. */
  readonly records?: number
  /** Of each key in one call of a producer. Default 2. */
  readonly recordsInCall?: number
  /** Between two calls of a producer. Default 10. */
  readonly pauseMs?: number
  /** Of a value, at least. Default: no more than its name takes. */
  readonly valueBytes?: number
  /** Most records in a write set. Default 100. */
  readonly maxRecords?: number
}

export const IN = 'parish.register.entered'
export const OUT = 'parish.register.copied'
export const COPIERS = 'copyists'
export const READERS = 'readers'
/** In a worker's report of its end, when another process has taken its transactional id. */
export const TAKEN_OVER = 'PRV_KAFKA_TAKEN_OVER'
