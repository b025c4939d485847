import type { ReadOptions, ReadResult, StoredRecord } from '@portreeve/log'
import { readFrame } from './frame.ts'
import type { FetchInput, FetchOutput } from './protocol.ts'
import { FETCH_PREAMBLE } from './protocol.ts'
import type { Thread } from './thread.ts'

const MAX_RECORDS = 500
const MAX_BYTES = 4 * 1024 * 1024

type Wanted = Omit<FetchInput, 'fetch' | 'now' | 'maxRecords' | 'maxBytes'> & { maxRecords?: number; maxBytes?: number }

/** Asks the worker for records and turns its bytes into records, without a copy. */
export class Reader {
  readonly #thread: Thread
  readonly #clock: () => number
  #lastFetch = 0

  constructor(thread: Thread, clock: () => number) {
    this.#thread = thread
    this.#clock = clock
  }

  /** Answers with what has come so far when the signal is aborted. */
  async fetch(wanted: Wanted, signal?: AbortSignal): Promise<ReadResult> {
    const fetch = ++this.#lastFetch
    const { maxRecords = MAX_RECORDS, maxBytes = MAX_BYTES } = wanted
    const answer = this.#thread.call('fetch', { ...wanted, fetch, now: this.#clock(), maxRecords, maxBytes })
    const cancel = () => void this.#thread.call('cancel', fetch)
    if (signal?.aborted) cancel()
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      return unpack(await answer, wanted.topic, wanted.partition)
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  /** `Log.read`. Rejects with the signal's reason when it is aborted. */
  async read(options: ReadOptions): Promise<ReadResult> {
    const { signal, waitMs = 0, ...wanted } = options
    signal?.throwIfAborted()
    const result = await this.fetch({ ...wanted, waitMs, lingerMs: 0 }, signal)
    signal?.throwIfAborted()
    return result
  }
}

function unpack({ packed, count, next }: FetchOutput, topic: string, partition: number): ReadResult {
  const bytes = Buffer.from(packed)
  const records: StoredRecord[] = []
  for (let at = 0; records.length < count; at += FETCH_PREAMBLE + bytes.readUInt32LE(at + 8)) {
    records.push(readFrame(bytes, at + FETCH_PREAMBLE, topic, partition, bytes.readDoubleLE(at)))
  }
  return { records, next }
}
