import { describe, expect, it } from 'vitest'
import { type Ledger, openLedger } from './index.ts'
import { delivery, events, message, reportTopic, voa } from './testing/sample-records.ts'

const memory = () => openLedger({ path: ':memory:', receiversOf: (type) => (type === reportTopic ? [voa] : []) })
const receiversOfA = (ledger: Ledger) => ledger.search({ messageId: 'a' }).messages[0]?.receivers
const minute = (n: number) => new Date(Date.UTC(2026, 2, 1, 9, 31 + n))

describe('recorded deliveries', () => {
  it.each(['message first', 'record first'])('put the pair into its state, %s', (order) => {
    using ledger = memory()
    const steps = [
      () => ledger.apply(reportTopic, 0, [message(0, 'a')], 1),
      () => ledger.apply(events, 0, [delivery(0, { a: { state: 'delivered', proof: 'VOA-1' } })], 1),
    ]
    for (const step of order === 'message first' ? steps : steps.toReversed()) step()
    expect(receiversOfA(ledger)).toMatchObject([
      { receiver: voa, state: 'delivered', since: minute(0), route: 'outgoing', batchId: 'batch-0', proof: 'VOA-1' },
    ])
    expect(ledger.counts()).toEqual([{ type: reportTopic, receiver: voa, state: 'delivered', messages: 1 }])
    expect(ledger.checkInvariants()).toEqual([])
  })

  it('follow each other: unknown, then what the receiver said when it was asked', () => {
    using ledger = memory()
    ledger.apply(reportTopic, 0, [message(0, 'a')], 1)
    ledger.apply(events, 0, [delivery(0, { a: { state: 'unknown', code: 'PRV_X', reason: 'time-out' } })], 1)
    expect(receiversOfA(ledger)).toMatchObject([{ state: 'unknown', code: 'PRV_X', reason: 'time-out' }])
    ledger.apply(events, 0, [delivery(1, { a: { state: 'refused', code: 'BA12' } }, { minute: 4 })], 2)
    expect(receiversOfA(ledger)).toMatchObject([{ state: 'refused', since: minute(4), code: 'BA12', reason: null }])
  })

  it('renew the reason of what waits still, but not since when', () => {
    using ledger = memory()
    ledger.apply(reportTopic, 0, [message(0, 'a')], 1)
    ledger.apply(events, 0, [delivery(0, { a: { state: 'waiting', code: 'PRV_DOWN' } }, { minute: 1 })], 1)
    expect(receiversOfA(ledger)).toMatchObject([
      { state: 'waiting', since: new Date('2026-03-01T09:30:00Z'), code: 'PRV_DOWN', batchId: 'batch-0' },
    ])
    ledger.apply(events, 0, [delivery(1, { a: 'unknown' }, { minute: 2 })], 2)
    ledger.apply(events, 0, [delivery(2, { a: 'waiting' }, { minute: 3 })], 3)
    expect(receiversOfA(ledger)).toMatchObject([{ state: 'waiting', since: minute(3) }])
  })

  it('never take back that a message was delivered, and what asked for it is reported', () => {
    using ledger = memory()
    ledger.apply(reportTopic, 0, [message(0, 'a')], 1)
    ledger.apply(events, 0, [delivery(0, { a: { state: 'delivered', proof: 'VOA-1' } })], 1)
    ledger.apply(events, 0, [delivery(1, { a: { state: 'delivered', proof: 'VOA-2' } })], 2)
    expect(ledger.oddities()).toEqual([])
    ledger.apply(events, 0, [delivery(2, { a: 'waiting' }), delivery(3, { a: 'refused' })], 4)
    expect(receiversOfA(ledger)).toMatchObject([{ state: 'delivered', proof: 'VOA-1', batchId: 'batch-0' }])
    expect(ledger.oddities()).toEqual([
      oddity(2, 'illegal-transition', 'delivered -> waiting', 'a'),
      oddity(3, 'illegal-transition', 'delivered -> refused', 'a'),
    ])
    expect(ledger.checkInvariants()).toMatchObject([{ kind: 'oddities', count: 2 }])
  })

  it('that came before their message follow the same rules among themselves', () => {
    using ledger = memory()
    ledger.apply(events, 0, [delivery(0, { a: 'unknown' }), delivery(1, { a: 'delivered' }, { minute: 1 })], 2)
    ledger.apply(events, 0, [delivery(2, { a: 'parked' })], 3)
    expect(ledger.search({}).messages).toEqual([])
    ledger.apply(reportTopic, 0, [message(0, 'a')], 1)
    expect(receiversOfA(ledger)).toMatchObject([{ state: 'delivered', since: minute(1) }])
    expect(ledger.oddities()).toEqual([oddity(2, 'illegal-transition', 'delivered -> parked', 'a')])
  })

  it('make the pair where the configuration knows no such receiver any more', () => {
    using ledger = memory()
    ledger.apply(reportTopic, 0, [message(0, 'a')], 1)
    ledger.apply(events, 0, [delivery(0, { a: 'delivered' }, { receiver: 'old.crm' })], 1)
    expect(receiversOfA(ledger)).toMatchObject([{ receiver: 'old.crm', state: 'delivered' }, { receiver: voa }])
    expect(ledger.checkInvariants()).toEqual([])
  })

  it('that nobody can read are reported, and the next ones are read', () => {
    using ledger = memory()
    const state = { messageId: 'a', state: 'gone' }
    const whole = { receiver: voa, route: 'r', batchId: 'b', at: '2026-03-01T09:31:00Z', outcomes: [] }
    const bodies: unknown[] = [null, 'text', {}, { ...whole, at: 'soon' }, { ...whole, outcomes: [state] }]
    const records = bodies.map((body, offset) => message(offset, `e${offset}`, { type: events }, body))
    const notJson = { ...message(5, 'e5', { type: events }), body: Buffer.from('{"receiver":') }
    ledger.apply(events, 0, [...records, notJson, delivery(6, { a: 'delivered' })], 7)
    expect(ledger.oddities().map(({ kind, place }) => [kind, place.offset])).toEqual(
      [0, 1, 2, 3, 4, 5].map((offset) => ['unreadable-delivery-record', offset]),
    )
    ledger.apply(reportTopic, 0, [message(0, 'a')], 1)
    expect(receiversOfA(ledger)).toMatchObject([{ state: 'delivered' }])
  })

  it('keep no more than 500 characters of the words of a receiver', () => {
    using ledger = memory()
    ledger.apply(reportTopic, 0, [message(0, 'a')], 1)
    ledger.apply(events, 0, [delivery(0, { a: { state: 'refused', code: 'X', reason: 'so '.repeat(1000) } })], 1)
    expect(receiversOfA(ledger)?.[0]?.reason).toHaveLength(500)
  })
})

it('reports an id that messages of two types have, and keeps the first', () => {
  using ledger = memory()
  ledger.apply(reportTopic, 0, [message(0, 'a')], 1)
  ledger.apply('other.thing.happened', 0, [message(0, 'a', { type: 'other.thing.happened' })], 1)
  expect(ledger.search({}).messages).toMatchObject([{ id: 'a', type: reportTopic }])
  expect(ledger.oddities()).toMatchObject([{ kind: 'id-used-twice', messageId: 'a' }])
})

function oddity(offset: number, kind: string, detail: string, messageId: string) {
  return { place: { topic: events, partition: 0, offset }, kind, detail, messageId, receiver: voa }
}
