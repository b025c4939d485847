import type { ErrorJson } from '@portreeve/errors'
import type { PartitionRange, RecordPosition, TopicConfig, TopicDescription } from '@portreeve/log'

/** How the worker opens the file. */
export interface WorkerOptions {
  /** A folder, or `:memory:`. */
  readonly folder: string
  readonly maxPageCount: number | null
}

/** Where a group goes on, and what its last write set left there. */
export interface GroupPosition extends RecordPosition {
  readonly metadata: string | null
}

/** Bytes before each frame of a write: what `WriteInput.packed` says. */
export const WRITE_PREAMBLE = 12

/** Bytes before each frame of a fetch: what `FetchOutput.packed` says. */
export const FETCH_PREAMBLE = 12

/**
 * Appends and write sets that share one transaction and one flush. `packed` holds the records of all operations, one
 * behind the other: uint32 length of the frame, uint32 index in `topics`, int32 partition or -1, then the frame.
 */
export interface WriteInput {
  /** The clock, in milliseconds since 1970. */
  readonly now: number
  readonly topics: readonly string[]
  /** Number of records of each operation. */
  readonly counts: readonly number[]
  readonly positions: readonly PositionChange[]
  readonly packed: ArrayBuffer
}

/** A group's new position, decided by the operation with this index. */
export interface PositionChange extends GroupPosition {
  readonly operation: number
  readonly group: string
}

export interface WriteOutput {
  /** Partition and offset of each record, in turn; meaningless for the records of a failed operation. */
  readonly placements: Float64Array
  /** Operations that were refused by themselves; the others are on disk. */
  readonly refused: readonly { readonly operation: number; readonly failure: Failure }[]
}

export interface FetchInput {
  /** Chosen by the caller, for `cancel`. */
  readonly fetch: number
  readonly topic: string
  readonly partition: number
  readonly from: number
  readonly maxRecords: number
  readonly maxBytes: number
  /** How long to wait for a first record; `null`: until cancelled. */
  readonly waitMs: number | null
  /** The clock at the time of asking, in milliseconds since 1970. */
  readonly now: number
  /** How long to wait for more, from when the first was written. */
  readonly lingerMs: number
}

/** Records one behind the other: float64 offset, uint32 length of the frame, the frame. */
export interface FetchOutput {
  readonly packed: ArrayBuffer
  readonly count: number
  readonly next: number
}

export interface Hold {
  readonly groups: readonly string[]
  readonly positions: readonly RecordPosition[]
  readonly now: number
}

/** What the worker can be asked. */
export interface Calls {
  write: { input: WriteInput; output: WriteOutput }
  fetch: { input: FetchInput; output: Promise<FetchOutput> }
  cancel: { input: number; output: undefined }
  createTopic: { input: TopicConfig; output: undefined }
  topics: { input: undefined; output: TopicDescription[] }
  ranges: { input: string; output: PartitionRange[] }
  join: {
    input: { group: string; topics: readonly string[]; startFrom: 'earliest' | 'latest' }
    output: GroupPosition[]
  }
  positions: { input: string; output: GroupPosition[] }
  lag: { input: { group: string; topic: string }; output: number }
  groups: { input: undefined; output: string[] }
  seek: { input: { group: string; position: RecordPosition }; output: undefined }
  enforceRetention: { input: Hold; output: Promise<number> }
  /** Answered through the shared memory too, for whoever waits without an event loop: see `Thread.freeze`. */
  freeze: { input: SharedArrayBuffer; output: undefined }
  thaw: { input: undefined; output: undefined }
  close: { input: undefined; output: Promise<void> }
}

export type Method = keyof Calls
export type Handlers = { readonly [M in Method]: (input: Calls[M]['input']) => Calls[M]['output'] }
export type Request = { readonly [M in Method]: { id: number; method: M; input: Calls[M]['input'] } }[Method]

/** An error on its way through the thread boundary: one of ours, or what else went wrong. */
export type Failure = { readonly known: ErrorJson } | { readonly fault: string }

/** Answers come in any order. The first, with id 0, says whether the file could be opened. */
export type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly failure: Failure })
