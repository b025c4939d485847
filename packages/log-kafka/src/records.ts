import { PortreeveError } from '@portreeve/errors'
import { type Header, type LogRecord, maxRecordBytes, recordBytes, type StoredRecord } from '@portreeve/log'
import type { RawHeader, RawMessage } from './rdkafka.ts'

/** A record as the client takes it. Its bytes are the log's own: the caller may use its own again. */
export interface OwnRecord {
  readonly topic: string
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly RawHeader[]
  readonly partition: number | undefined
  readonly bytes: number
}

/** A record as it came from a broker. */
export function toStored({
  topic,
  partition,
  offset,
  key,
  value,
  headers = [],
  timestamp = 0,
}: RawMessage): StoredRecord {
  return {
    topic,
    partition,
    offset,
    key: typeof key === 'string' ? Buffer.from(key) : (key ?? null),
    value,
    headers: toHeaders(headers),
    timestamp,
  }
}

export function toHeaders(raw: readonly RawHeader[]): readonly Header[] {
  const headers: Header[] = []
  for (const one of raw) {
    for (const name of Object.keys(one)) {
      const value = one[name] ?? ''
      headers.push([name, typeof value === 'string' ? Buffer.from(value) : value])
    }
  }
  return headers
}

export function ownRecord(record: LogRecord): OwnRecord {
  const { topic, key, value, headers, partition } = record
  return {
    topic,
    key: key && toBuffer(key),
    value: value && toBuffer(value),
    headers: headers.map(([name, bytes]) => ({ [name]: toBuffer(bytes) })),
    partition,
    bytes: recordBytes(record),
  }
}

/** The bytes as they are now: the caller may use its own again at once. */
export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes)
}

/** Throws `PRV_LOG_RECORD_TOO_LARGE`. */
export function refuseTooLarge({ topic, bytes }: OwnRecord): void {
  if (bytes <= maxRecordBytes) return
  throw new PortreeveError('PRV_LOG_RECORD_TOO_LARGE', { topic, bytes, limit: maxRecordBytes })
}
