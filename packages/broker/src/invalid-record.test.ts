import { PortreeveError } from '@portreeve/errors'
import { type Header, maxRecordBytes, recordBytes, type StoredRecord } from '@portreeve/log'
import { expect, it } from 'vitest'
import { invalidRecord } from './invalid-record.ts'

const receiver = 'reports.voa'
const error = new PortreeveError('PRV_ENVELOPE_MISSING', { attribute: 'id' })

function foreign(changes: Partial<StoredRecord>): StoredRecord {
  const place = { topic: 'valuation.report.proposed', partition: 2, offset: 7, timestamp: 0 }
  return { ...place, key: Buffer.from('k'), value: Buffer.from('v'), headers: [['h', Buffer.from('1')]], ...changes }
}

function kept(changes: Partial<StoredRecord>) {
  const record = invalidRecord(foreign(changes), { receiver, error })
  const { key, value, headers } = record
  expect(recordBytes(record)).toBeLessThanOrEqual(maxRecordBytes)
  expect(headers.filter(([name]) => name === 'prv_place').map(([, text]) => Buffer.from(text).toString())).toEqual([
    'valuation.report.proposed/2/7',
  ])
  return {
    key: key && Buffer.from(key).toString(),
    value: value && Buffer.from(value).toString(),
    was: headers.length - 3,
  }
}

it.each<[string, Partial<StoredRecord>, ReturnType<typeof kept>]>([
  ['a small record whole', {}, { key: 'k', value: 'v', was: 1 }],
  [
    'of one that is larger than any of ours its key and headers',
    { value: Buffer.alloc(1_050_000) },
    { key: 'k', value: null, was: 1 },
  ],
  [
    'of one whose headers would grow when they are written as text its key',
    { headers: [['h', Buffer.alloc(400_000, 0xff)]] },
    { key: 'k', value: null, was: 0 },
  ],
  [
    'of one with more headers than anybody needs its key',
    { headers: new Array<Header>(5000).fill(['', Buffer.of()]) },
    { key: 'k', value: null, was: 0 },
  ],
  [
    'of one with a key that is too large only where it stands',
    { key: Buffer.alloc(1_000_000) },
    { key: null, value: null, was: 0 },
  ],
])('keeps %s', (_, changes, wanted) => {
  expect(kept(changes)).toEqual(wanted)
})
