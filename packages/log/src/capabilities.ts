/** What an engine promises. Flat, frozen, and tested both ways: a `false` is proved as well as a `true`. */
export interface LogCapabilities {
  /** Name for people: `sqlite`, `kafka`. */
  readonly engine: string
  /** Records outlive `close` and a new `open`. */
  readonly durable: boolean
  /** A write set of records and positions is applied whole or not at all, and read so. */
  readonly atomicWriteSet: boolean
  /** `metadata` of a write set comes back with the first unfinished record. */
  readonly positionMetadata: boolean
  /** Offsets of a partition have no gaps. Nobody may rely on it; a test shows why. */
  readonly denseOffsets: boolean
  /** Several processes may open the same log at once and share the partitions of a group. */
  readonly sharedByProcesses: boolean
  /** `enforceRetention` gives disk space back at once. */
  readonly reclaimsDisk: boolean
  /** Topics may be compacted; else `createTopic` refuses it with `PRV_LOG_COMPACTION`. */
  readonly compaction: boolean
}
