import { invalidMessage } from '@portreeve/core'
import type { PortreeveError } from '@portreeve/errors'
import { type LogRecord, maxRecordBytes, recordBytes, type StoredRecord } from '@portreeve/log'
import type { BrokerEvents } from './events.ts'
import { placeOf } from './message-record.ts'
import { invalidMessageTopic } from './topics.ts'

/** Each takes more room on a wire than its bytes. */
const maxHeaders = 1000

/** Who cannot read a record, and why. */
export interface CannotRead {
  /** Receiver, route or process. */
  readonly receiver: string
  readonly error: PortreeveError
}

/** Tells of a record that is no message of ours, and has it for the Invalid Message Channel. */
export function asInvalid(record: StoredRecord, why: CannotRead, events: Pick<BrokerEvents, 'invalid'>): LogRecord {
  const { receiver, error } = why
  events.invalid({ receiver, place: placeOf(record), code: error.code, sentence: error.message, remedy: error.remedy })
  return invalidRecord(record, why)
}

/**
 * A record as the Invalid Message Channel takes it. Others may write larger ones than we do: what does not fit is left out, first
 * its value, then its headers, then its key. It stands whole where `prv_place` says.
 */
export function invalidRecord(record: StoredRecord, { receiver, error }: CannotRead): LogRecord {
  const lesser = { ...record, value: null }
  const told = { receiver, code: error.code }
  const [whole, ...cut] = [record, lesser, { ...lesser, headers: [] }, { ...lesser, headers: [], key: null }].map(
    (some) => ({ topic: invalidMessageTopic, ...invalidMessage(some, told) }),
  )
  if (whole === undefined) throw new TypeError('there is always the whole record')
  return [whole, ...cut].find(fits) ?? whole
}

function fits(record: LogRecord): boolean {
  if (record.headers.length > maxHeaders) return false
  // A client of Kafka writes headers as text: what is none may take three times the bytes.
  const headers = record.headers.map(([name, value]) => [name, Buffer.from(Buffer.from(value).toString())] as const)
  return recordBytes({ ...record, headers }) <= maxRecordBytes
}
