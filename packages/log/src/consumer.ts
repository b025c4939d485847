import type { LogRecord, StoredRecord } from './record.ts'

/** Records of one partition, in order. */
export interface Batch {
  readonly topic: string
  readonly partition: number
  /** At least one. */
  readonly records: readonly StoredRecord[]
  /** What the last write set left for the first of these records, else `null`: how far a long step has got. */
  readonly metadata: string | null
  /**
   * Aborted when the consumer stops, or when the partition goes to another worker. In the second case the write set is
   * not applied: the other worker is handed the records.
   */
  readonly signal: AbortSignal
}

/** What a handler asks for: applied whole or not at all, in one short transaction after the handler is done. */
export interface WriteSet {
  readonly append: readonly LogRecord[]
  /**
   * How many records of the batch, from its first, need not be handed out again: the group's position moves behind
   * them. The rest comes again, in order. 0 with `metadata` keeps the place inside a long step.
   */
  readonly finished: number
  /** Handed out with the first record that is not finished, over restarts too. At most 4,096 bytes of UTF-8. */
  readonly metadata?: string
}

export type BatchHandler = (batch: Batch) => Promise<WriteSet>

/** A partition that a consumer is given, for as long as the signal is not aborted. */
export interface GivenPartition {
  readonly topic: string
  readonly partition: number
  /** Aborted when the consumer stops, or when the partition goes to another worker. */
  readonly signal: AbortSignal
}

export interface ConsumeOptions {
  /** Consumer group: its positions are kept in the log. Each receiver of a route has a group of its own. */
  readonly group: string
  readonly topics: readonly string[]
  /** Where a group without a position begins. Default `earliest`. */
  readonly startFrom?: 'earliest' | 'latest'
  /** Most records in a batch. Default 500. */
  readonly maxRecords?: number
  /** Most bytes of keys, values and headers in a batch; a single larger record still comes, alone. Default 4 MiB. */
  readonly maxBytes?: number
  /**
   * How long a batch that is not full waits for more, in milliseconds from when its first record was written: a restart does not
   * begin the wait again. Default 0.
   */
  readonly lingerMs?: number
  /**
   * Called for each partition as often as this consumer is given it, also for one without records; the first batch waits for it. By
   * then nothing more is applied of what another consumer had in hand there. One that rejects ends the consumer, but for giving up as
   * a handler may.
   */
  readonly prepare?: (given: GivenPartition) => Promise<void>
}

/** A running consumer. */
export interface Consumer extends AsyncDisposable {
  /**
   * Settles when the consumer has ended: resolves after `stop`, rejects with the error that ended it, such as
   * `PRV_LOG_RECORD_CORRUPT`. A handler that rejects ends the consumer too: how to try again is the caller's decision.
   * One that gives up when `signal` is aborted, with the signal's reason or an `AbortError`, has not failed: nothing of
   * its batch is finished, and `done` resolves.
   */
  readonly done: Promise<void>
  /** Hands out no more batches, aborts `signal`, waits for the running handler, applies its write set. Idempotent. */
  stop(): Promise<void>
}

/** A place to read from without a group, for projections that keep their own positions. */
export interface ReadOptions {
  readonly topic: string
  readonly partition: number
  /** The first record returned has this offset or the next higher one that exists. */
  readonly from: number
  /** Default 500. */
  readonly maxRecords?: number
  /** Default 4 MiB. */
  readonly maxBytes?: number
  /** How long to wait for a first record, in milliseconds. Default 0: answer at once, maybe with none. */
  readonly waitMs?: number
  readonly signal?: AbortSignal
}

export interface ReadResult {
  readonly records: readonly StoredRecord[]
  /** Give this as the next `from`: higher than the last record's offset, maybe by more than one. */
  readonly next: number
}
