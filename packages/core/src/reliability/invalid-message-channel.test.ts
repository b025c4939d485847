import { expect, it } from 'vitest'
import { invalidMessage } from './invalid-message-channel.ts'

it('keeps a record as it came, under headers that no reader takes for a message’s, with why and where', () => {
  const record = {
    topic: 'valuation.report.proposed',
    partition: 2,
    offset: 41,
    key: new Uint8Array([1]),
    value: new Uint8Array([0xff, 0]),
    headers: [
      ['ce_id', new Uint8Array([0xfe])],
      ['ce_id', new Uint8Array([2])],
    ] as const,
  }
  const { key, value, headers } = invalidMessage(record, { receiver: 'r.voa', code: 'PRV_ENVELOPE_MISSING' })
  expect([key, value]).toEqual([record.key, record.value])
  expect(headers.slice(0, 2)).toEqual([
    ['was_ce_id', new Uint8Array([0xfe])],
    ['was_ce_id', new Uint8Array([2])],
  ])
  expect(headers.slice(2).map(([name, text]) => [name, new TextDecoder().decode(text)])).toEqual([
    ['prv_receiver', 'r.voa'],
    ['prv_code', 'PRV_ENVELOPE_MISSING'],
    ['prv_place', 'valuation.report.proposed/2/41'],
  ])
})
