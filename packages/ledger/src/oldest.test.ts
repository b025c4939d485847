import { expect, it } from 'vitest'
import { openLedger } from './index.ts'
import { delivery, events, message, reportTopic, voa } from './testing/sample-records.ts'

it('tells when the oldest message was accepted that a receiver has not got, by why', () => {
  using ledger = openLedger({ path: ':memory:', receiversOf: (type) => (type === reportTopic ? [voa, 'r.crm'] : []) })
  const at = (minute: number) => ({ time: `2026-03-01T09:3${minute}:00Z` })
  const records = ['a', 'b', 'c', 'd'].map((id, index) => message(index, id, at(index)))
  ledger.apply(reportTopic, 0, records, 4)
  ledger.apply(events, 0, [delivery(0, { a: 'delivered', b: 'parked', c: 'unknown' })], 1)
  const minutes = (receiver: string) =>
    (['waiting', 'unknown', 'parked'] as const).map((state) => ledger.oldest(receiver, state)?.getUTCMinutes() ?? null)
  expect(minutes(voa)).toEqual([33, 32, 31])
  expect(minutes('r.crm')).toEqual([30, null, null])
  expect(minutes('r.nobody')).toEqual([null, null, null])
})
