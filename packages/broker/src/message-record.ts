import { fromHeaders, type Message, toHeaders } from '@portreeve/envelope'
import type { LogRecord, RecordPosition, StoredRecord } from '@portreeve/log'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A message as a record of the topic that its type names. */
export function toRecord(message: Message, key: string): LogRecord {
  return {
    topic: message.envelope.type,
    key: encoder.encode(key),
    value: message.body,
    headers: toHeaders(message.envelope),
  }
}

/** Rejects with `PRV_ENVELOPE_…` what is no message of ours. */
export function fromRecord(record: StoredRecord): Message {
  return { envelope: fromHeaders(record.headers), body: record.value ?? new Uint8Array() }
}

/** The key as text; a record without one is a key of its own. */
export function keyOf(record: StoredRecord): string {
  return record.key === null ? `${record.partition}/${record.offset}` : decoder.decode(record.key)
}

/** Where a record stands, as text that sorts nowhere and compares exactly. */
export function placeOf({ topic, partition, offset }: RecordPosition): string {
  return `${topic}/${partition}/${offset}`
}
