import type { LogRecord, StoredRecord } from '../record.ts'

/** A record with texts for bytes; `null` stays `null`. */
export function textRecord(
  topic: string,
  key: string | null,
  value: string | null,
  headers: readonly (readonly [string, string])[] = [],
): LogRecord {
  return { topic, key: bytes(key), value: bytes(value), headers: headers.map(([name, text]) => [name, utf8(text)]) }
}

/** What was stored, as texts, for comparison. */
export function texts({ key, value, headers }: StoredRecord) {
  return { key: text(key), value: text(value), headers: headers.map(([name, bytes]) => [name, text(bytes)]) }
}

export function values(records: readonly StoredRecord[]): (string | null)[] {
  return records.map(({ value }) => text(value))
}

/** `['v0', 'v1', ...]` */
export function numbered(count: number, prefix = 'v'): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`)
}

export function text(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString()
}

function bytes(value: string | null): Uint8Array | null {
  return value === null ? null : utf8(value)
}

function utf8(value: string): Uint8Array {
  return new TextEncoder().encode(value)
}
