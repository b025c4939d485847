import type { ReadResult } from '../consumer.ts'
import type { StoredRecord } from '../record.ts'
import { assertWithin, bytesOf, type MemoryPartition, type MemoryStore } from './memory-store.ts'

interface Wanted {
  readonly from: number
  readonly maxRecords?: number | undefined
  readonly maxBytes?: number | undefined
  readonly waitMs: number
  readonly lingerMs: number
}

/** Answers with what there is when the signal is aborted. */
export async function readMemory(
  store: MemoryStore,
  place: MemoryPartition,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<ReadResult> {
  const { from, maxRecords = 500, maxBytes = 4 * 1024 * 1024, waitMs, lingerMs } = wanted
  const isFull = ({ records }: ReadResult) => records.length >= maxRecords || (records.length > 0 && lingerMs === 0)
  const leftMs = ({ records: [first] }: ReadResult) => Math.max(0, lingerMs - (Date.now() - (first?.timestamp ?? 0)))
  let result = take(place, from, maxRecords, maxBytes)
  if (result.records.length === 0) {
    await changed(store, waitMs, signal, () => take(place, from, maxRecords, maxBytes).records.length > 0)
  }
  result = take(place, from, maxRecords, maxBytes)
  if (result.records.length > 0 && !isFull(result)) {
    await changed(store, leftMs(result), signal, () => isFull(take(place, from, maxRecords, maxBytes)))
    result = take(place, from, maxRecords, maxBytes)
  }
  return result
}

/** Resolves once `holds` does, the time is over or the signal is aborted. */
export async function changed(
  store: MemoryStore,
  waitMs: number,
  signal: AbortSignal,
  holds: () => boolean,
): Promise<void> {
  if (waitMs === 0 || signal.aborted || holds()) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = () => holds() && resolve()
  const timer = Number.isFinite(waitMs) ? setTimeout(resolve, waitMs) : undefined
  signal.addEventListener('abort', () => resolve(), { once: true })
  store.events.on('changed', look)
  await promise
  store.events.off('changed', look)
  clearTimeout(timer)
}

function take(place: MemoryPartition, from: number, maxRecords: number, maxBytes: number): ReadResult {
  assertWithin(place, from)
  const records: StoredRecord[] = []
  let bytes = 0
  for (const record of place.records) {
    if (record.offset < from) continue
    bytes += bytesOf(record)
    if (records.length >= maxRecords || (records.length > 0 && bytes > maxBytes)) break
    records.push(record)
  }
  const last = records.at(-1)
  const isAtEnd = last === undefined || last === place.records.at(-1)
  return { records, next: isAtEnd ? place.end : last.offset + 1 }
}
