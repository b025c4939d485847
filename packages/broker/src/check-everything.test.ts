import { type Envelope, toHeaders } from '@portreeve/envelope'
import { openLedger } from '@portreeve/ledger'
import { expect, it } from 'vitest'
import { checkEverything } from './check-everything.ts'
import type { Receiver } from './receivers.ts'
import { memoryStores } from './testing/memory-stores.ts'
import { deliveryTopic } from './topics.ts'

const topic = 'valuation.report.proposed'
const envelope: Envelope = {
  id: 'm1',
  source: '/x/y',
  type: topic,
  time: '2026-03-01T00:00:00Z',
  dataContentType: 'application/json',
  authority: 'X99000001',
  channel: 'file',
  reference: '9R3R-L632',
  correlationId: 'm1',
}

/** One message in the log and in the ledger, which waits for one receiver. */
async function open() {
  const stores = await memoryStores(topic)
  const ledger = openLedger({ path: ':memory:', receiversOf: (type) => (type === topic ? ['r.voa'] : []) })
  await stores.log.append([{ topic, key: null, value: new Uint8Array(), headers: toHeaders(envelope) }])
  ledger.apply(topic, 0, [{ envelope, body: new Uint8Array(), offset: 0 }], 1)
  const receiver = { name: 'r.voa', route: { from: [topic] } } as unknown as Receiver
  const check = () =>
    checkEverything({ ...stores, ledger, receivers: [receiver], topics: [topic, deliveryTopic] } as never)
  return { ...stores, ledger, check }
}

it('finds nothing where a message waits and its record is still to be worked on', async () => {
  await using parts = await open()
  expect(await parts.check()).toEqual([])
})

it('finds a message that waits for a receiver with nothing left to do', async () => {
  await using parts = await open()
  await parts.log.seek('r.voa', { topic, partition: 0, offset: 1 })
  expect(await parts.check()).toEqual([expect.stringContaining('1 messages are shown as waiting for r.voa')])
})

it('finds that the ledger has read more than the log holds', async () => {
  await using parts = await open()
  parts.ledger.apply(topic, 0, [], 9)
  expect(await parts.check()).toEqual([expect.stringContaining('up to 9, but the log ends at 1')])
})

it('finds a message that waits for a person without a dead letter', async () => {
  await using parts = await open()
  const outcomes = [{ messageId: 'm1', state: 'parked', code: 'X', reason: 'x' }]
  const told = { receiver: 'r.voa', route: 'r', batchId: 'b', at: envelope.time, outcomes }
  const body = new TextEncoder().encode(JSON.stringify(told))
  parts.ledger.apply(
    deliveryTopic,
    0,
    [{ envelope: { ...envelope, id: 'd', type: deliveryTopic }, body, offset: 0 }],
    1,
  )
  expect((await parts.check()).join(' ')).toContain('no dead letter is kept')
})

it('finds nothing wrong with a log that grows while it is read, and a ledger that follows it', async () => {
  await using parts = await open()
  const ranges = parts.log.ranges.bind(parts.log)
  // What comes in between asking and reading, and is in the ledger at once.
  parts.log.ranges = async (asked) => {
    const before = await ranges(asked)
    const headers = toHeaders({ ...envelope, id: crypto.randomUUID() })
    const [at] = await parts.log.append([{ topic, key: null, value: new Uint8Array(), headers }])
    if (at) parts.ledger.apply(topic, 0, [], at.offset + 1)
    return before
  }
  expect(await parts.check()).toEqual([])
})

it('takes nothing for wrong that is only under way', async () => {
  await using parts = await open()
  await parts.log.seek('r.voa', { topic, partition: 0, offset: 1 })
  const counts = parts.ledger.counts.bind(parts.ledger)
  let asked = 0
  parts.ledger.counts = () => {
    asked += 1
    return asked > 4 ? [] : counts()
  }
  expect(await parts.check()).toEqual([])
})
