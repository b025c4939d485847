import type { Problem } from './problem.ts'

/** Bytes as they come: all at once, or in pieces. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array>

/** A value that was read, or why it could not be. `index` counts the records of the source from 0. */
export type ReadItem<Value> =
  | { readonly index: number; readonly value: Value; readonly problems: readonly [] }
  | { readonly index: number; readonly value?: undefined; readonly problems: readonly [Problem, ...Problem[]] }

export interface ReadProgress {
  readonly bytesRead: number
  readonly recordsRead: number
}

export interface ReadFormatOptions {
  /** Called now and then, at most once for each 64 KiB. */
  readonly onProgress?: (progress: ReadProgress) => void
  readonly signal?: AbortSignal
}

/**
 * What a message must look like. Which library does the work behind it is nobody's business outside this room.
 *
 * A fault of a record is an item with problems, and reading goes on. A fault of the whole source (not well formed, a
 * DOCTYPE, a wrong encoding, a limit) rejects with `SourceRefused`, which carries the problem; what was read before
 * it must not be used: ask `check` first.
 */
export interface MessageFormat<Value> {
  /** Media type that `write` makes. */
  readonly mediaType: string
  read(source: ByteSource, options?: ReadFormatOptions): AsyncIterable<ReadItem<Value>>
  /** Reads to the end and keeps nothing: resolves with the number of records, or rejects as `read` does. */
  check(source: ByteSource, options?: ReadFormatOptions): Promise<ReadProgress>
  /** @throws ValueRefused when the value holds what the format cannot: nothing is dropped */
  write(value: Value): Uint8Array
}
