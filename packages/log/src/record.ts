/**
 * Name and value, as Kafka has it: order is kept, and a name may occur twice. The value is UTF-8 text without NUL:
 * a client of Kafka may replace other bytes.
 */
export type Header = readonly [name: string, value: Uint8Array]

/** What is appended. Bytes only: the log knows nobody's business. */
export interface LogRecord {
  readonly topic: string
  /** Records with the same key keep their order. `null` spreads over the partitions. */
  readonly key: Uint8Array | null
  /** `null` is a tombstone: in a compacted topic it removes the key. */
  readonly value: Uint8Array | null
  readonly headers: readonly Header[]
  /** Only to override the partitioner (murmur2 of the key, as Kafka's Java client computes it). */
  readonly partition?: number
}

/**
 * The largest record that every engine takes, by `recordBytes`; one byte more is `PRV_LOG_RECORD_TOO_LARGE`. With what a
 * wire adds it stays below what Kafka takes unless told otherwise, so a route that runs on one engine runs on the other.
 */
export const maxRecordBytes = 1_000_000

/** Bytes of key, value, and names (as UTF-8) and values of the headers. */
export function recordBytes({ key, value, headers }: LogRecord): number {
  const bytes = (key?.length ?? 0) + (value?.length ?? 0)
  return headers.reduce((sum, [name, header]) => sum + Buffer.byteLength(name) + header.length, bytes)
}

/** Where a record stands. Offsets of a partition rise; they need not be dense, so never add to or subtract from one. */
export interface RecordPosition {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/** A record as it is read back; its checksum has been verified. */
export interface StoredRecord extends LogRecord, RecordPosition {
  readonly partition: number
  /**
   * Milliseconds since 1970, UTC, given by the log, not by the caller. An engine in this process never lets it fall
   * within a partition, even when the clock does; on Kafka it is the leader's clock. Order by offset, not by this.
   */
  readonly timestamp: number
}
