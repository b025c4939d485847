import { type Header, type LogRecord, recordBytes, type StoredRecord } from '@portreeve/log'

/*
 * A record as bytes, little endian; the same from `append` through the file to the handler, so nothing is packed twice:
 *
 *   0  float64  timestamp, filled in by the worker
 *   8  int32    length of the key, -1 for null
 *  12  int32    length of the value, -1 for null
 *  16  uint32   number of headers
 *  20  key, value, then for each header: uint32 length of name, uint32 length of value, name (UTF-8), value
 */
const FIXED = 20
const HEADER_FIXED = 8

/** Bytes of the frame of a record that has so many itself. */
export function frameLength(record: LogRecord, bytes = recordBytes(record)): number {
  return FIXED + HEADER_FIXED * record.headers.length + bytes
}

/** Writes the frame and returns the place behind it. */
export function writeFrame(into: Buffer, start: number, record: LogRecord): number {
  const { key, value, headers } = record
  into.writeInt32LE(key === null ? -1 : key.length, start + 8)
  into.writeInt32LE(value === null ? -1 : value.length, start + 12)
  into.writeUInt32LE(headers.length, start + 16)
  let at = start + FIXED
  if (key !== null) at = put(into, at, key)
  if (value !== null) at = put(into, at, value)
  for (const [name, headerValue] of headers) {
    const nameLength = into.write(name, at + HEADER_FIXED)
    into.writeUInt32LE(nameLength, at)
    into.writeUInt32LE(headerValue.length, at + 4)
    at = put(into, at + HEADER_FIXED + nameLength, headerValue)
  }
  return at
}

/** The record of a frame. Its bytes are views: they keep the buffer that they came in alive. */
export function readFrame(from: Buffer, start: number, topic: string, partition: number, offset: number): StoredRecord {
  let at = start + FIXED
  const take = (length: number): Uint8Array => {
    const bytes = new Uint8Array(from.buffer, from.byteOffset + at, length)
    at += length
    return bytes
  }
  const keyLength = from.readInt32LE(start + 8)
  const valueLength = from.readInt32LE(start + 12)
  const key = keyLength < 0 ? null : take(keyLength)
  const value = valueLength < 0 ? null : take(valueLength)
  const headers: Header[] = []
  for (let left = from.readUInt32LE(start + 16); left > 0; left--) {
    const nameLength = from.readUInt32LE(at)
    const headerLength = from.readUInt32LE(at + 4)
    at += HEADER_FIXED
    const name = from.toString('utf8', at, at + nameLength)
    at += nameLength
    headers.push([name, take(headerLength)])
  }
  return { topic, partition, offset, timestamp: readTimestamp(from, start), key, value, headers }
}

export function writeTimestamp(into: Buffer, start: number, timestamp: number): void {
  into.writeDoubleLE(timestamp, start)
}

export function readTimestamp(from: Buffer, start: number): number {
  return from.readDoubleLE(start)
}

/** The key inside a frame, for the partitioner. */
export function readKey(from: Buffer, start: number): Uint8Array | null {
  const length = from.readInt32LE(start + 8)
  return length < 0 ? null : from.subarray(start + FIXED, start + FIXED + length)
}

function put(into: Buffer, at: number, bytes: Uint8Array): number {
  into.set(bytes, at)
  return at + bytes.length
}
