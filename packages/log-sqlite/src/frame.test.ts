import type { LogRecord } from '@portreeve/log'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameLength, readFrame, readKey, readTimestamp, writeFrame, writeTimestamp } from './frame.ts'

const bytes = fc.uint8Array({ maxLength: 300 })
const name = fc.string({ unit: 'grapheme', maxLength: 30 })
const records: fc.Arbitrary<LogRecord> = fc.record({
  topic: fc.constant('t'),
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.array(fc.tuple(name, bytes), { maxLength: 20 }),
})

describe('a frame', () => {
  it('gives back every record as it was, wherever it lies in a buffer', () => {
    fc.assert(
      fc.property(records, fc.nat(100), (record, start) => {
        const buffer = Buffer.alloc(start + frameLength(record) + 7, 0xee)
        expect(writeFrame(buffer, start, record)).toBe(start + frameLength(record))
        writeTimestamp(buffer, start, 1_764_000_000_123)
        const read = readFrame(buffer, start, 't', 3, 42)
        const expected = { ...record, partition: 3, offset: 42, timestamp: 1_764_000_000_123 }
        expect(read).toEqual({ ...expected, headers: record.headers.map(([name, value]) => [wellFormed(name), value]) })
        expect(readTimestamp(buffer, start)).toBe(1_764_000_000_123)
        expect(Buffer.from(readKey(buffer, start) ?? [])).toEqual(Buffer.from(record.key ?? []))
        expect(readKey(buffer, start) === null).toBe(record.key === null)
        expect(buffer.subarray(0, start).every((byte) => byte === 0xee)).toBe(true)
        expect(buffer.subarray(start + frameLength(record)).every((byte) => byte === 0xee)).toBe(true)
      }),
    )
  })
})

/** Half a surrogate pair is no text, and UTF-8 has no bytes for it. */
function wellFormed(text: string): string {
  return text.toWellFormed()
}
