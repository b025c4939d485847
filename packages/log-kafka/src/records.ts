import { PortreeveError } from '@portreeve/errors'
import { type Header, type LogRecord, maxRecordBytes, recordBytes, type StoredRecord } from '@portreeve/log'
import type { RawMessage } from './rdkafka.ts'

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
    key: key === null || key === undefined ? null : Buffer.from(key),
    value,
    headers: headers.flatMap((one) => Object.entries(one).map(([name, text]): Header => [name, Buffer.from(text)])),
    timestamp,
  }
}

/** Headers as the client takes them. */
export function rawHeaders({ headers }: LogRecord): readonly Readonly<Record<string, Buffer>>[] {
  return headers.map(([name, value]) => Object.fromEntries([[name, toBuffer(value)]]))
}

/** The bytes as they are now: the caller may use its own again at once. */
export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes)
}

/** Throws `PRV_LOG_RECORD_TOO_LARGE`. */
export function refuseTooLarge(record: LogRecord): void {
  const bytes = recordBytes(record)
  if (bytes <= maxRecordBytes) return
  throw new PortreeveError('PRV_LOG_RECORD_TOO_LARGE', { topic: record.topic, bytes, limit: maxRecordBytes })
}
