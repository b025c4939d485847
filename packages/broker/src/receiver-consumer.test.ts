import type { Adapter, Outcome } from '@portreeve/adapter-sdk'
import { toHeaders } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import type { LogRecord, StoredRecord } from '@portreeve/log'
import { expect, it } from 'vitest'
import { processTopic, readProcessRecord } from './process/process-topic.ts'
import { consumerWith, envelope, type } from './testing/receiver-world.ts'
import { deliveryTopic, invalidMessageTopic } from './topics.ts'

function stored(offset: number, headers: LogRecord['headers']): StoredRecord {
  const value = new TextEncoder().encode('{}')
  return { topic: type, partition: 0, offset, timestamp: 0, key: new Uint8Array([offset]), value, headers }
}

function batchOf(...records: readonly StoredRecord[]) {
  return { topic: type, partition: 0, records, metadata: null, signal: new AbortController().signal }
}

function outcomesIn(records: readonly LogRecord[]): unknown[] {
  return records
    .filter(({ topic }) => topic === deliveryTopic)
    .flatMap(({ value }) => JSON.parse(new TextDecoder().decode(value ?? new Uint8Array())).outcomes)
    .map(({ messageId, state }) => [messageId, state])
}

it('never sends an update back to where it came from', async () => {
  const sent: string[] = []
  const send: Adapter['send'] = async ({ messages }) => {
    sent.push(...messages.map((message) => message.envelope.id))
    return messages.map((): Outcome => ({ state: 'delivered', proof: 'p' }))
  }
  await using world = await consumerWith({ send })
  const records = [
    stored(0, toHeaders(envelope('from-voa', { origin: 'voa' }))),
    stored(1, toHeaders(envelope('from-crm', { origin: 'crm' }))),
  ]
  const { append, finished } = await world.consumer.handler(batchOf(...records))
  expect(sent).toEqual(['from-crm'])
  expect(finished).toBe(2)
  expect(outcomesIn(append)).toEqual([
    ['from-crm', 'delivered'],
    ['from-voa', 'not-concerned'],
  ])
})

it('keeps a record that is no message of ours in the Invalid Message Channel, and goes on', async () => {
  const send: Adapter['send'] = async ({ messages }) =>
    messages.map((): Outcome => ({ state: 'delivered', proof: 'p' }))
  await using world = await consumerWith({ send })
  const foreign = stored(0, [['ce_id', new TextEncoder().encode('only an id')]])
  const { append, finished } = await world.consumer.handler(batchOf(foreign, stored(1, toHeaders(envelope('good')))))
  expect(finished).toBe(2)
  expect(append.filter(({ topic }) => topic === invalidMessageTopic)).toHaveLength(1)
  expect(outcomesIn(append)).toEqual([['good', 'delivered']])
})

it('has told of an unknown outcome before it records what became of it, whichever partition asked first', async () => {
  const told: string[] = []
  const error = new PortreeveError('PRV_ENDPOINTS_HTTP_NO_ANSWER', { method: 'POST', url: 'u', fault: 'f' }).toJSON()
  const gate = Promise.withResolvers<void>()
  const append = async (records: readonly LogRecord[]) => {
    await gate.promise
    told.push(...outcomesIn(records).map(String))
  }
  const send: Adapter['send'] = async ({ messages }) => messages.map((): Outcome => ({ state: 'unknown', error }))
  const lookup: Adapter['lookup'] = async ({ messages }) =>
    messages.map((): Outcome => ({ state: 'delivered', proof: 'p' }))
  await using world = await consumerWith({ send, lookup }, { append })
  const one = world.consumer.handler(batchOf(stored(0, toHeaders(envelope('a')))))
  const other = { ...stored(0, toHeaders(envelope('b'))), partition: 1 }
  const two = world.consumer.handler({ ...batchOf(other), partition: 1 })
  let recorded = 0
  const count = () => {
    recorded += 1
  }
  const all = Promise.all([one.then(count), two.then(count)])
  for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve))
  expect(recorded).toBe(0)
  gate.resolve()
  await all
  expect(told.toSorted()).toEqual(['a,unknown', 'b,unknown'])
})

it.each(['application/json' as const, 'application/xml' as const])(
  'tells those who sent a report that its receiver, who takes %s, refused it',
  async (acceptsContentType) => {
    const submission = { fileName: 'march.xml', digest: '0'.repeat(64), index: 3 }
    const refused: Outcome = { state: 'refused', code: '1006', reason: 'The reason code is not in use.' }
    const sent: string[] = []
    const send: Adapter['send'] = async ({ messages }) => {
      sent.push(...messages.map((message) => message.envelope.dataContentType))
      return [refused]
    }
    await using parts = await consumerWith({ send }, { acceptsContentType })
    const value = new TextEncoder().encode(JSON.stringify({ submission }))
    const { append } = await parts.consumer.handler(batchOf({ ...stored(0, toHeaders(envelope('a'))), value }))
    expect(sent).toEqual([acceptsContentType])
    const notice = append.find(({ topic }) => topic === 'valuation.report.refused')
    expect(JSON.parse(new TextDecoder().decode(notice?.value ?? new Uint8Array()))).toMatchObject({
      ...submission,
      problems: [{ code: '1006', rule: 'refused by r.voa' }],
    })
  },
)

it('tells of what is set aside only with what is finished before it', async () => {
  const stopped = new AbortController()
  await using parts = await consumerWith({
    send: async () => {
      stopped.abort()
      return [{ state: 'not-taken', error: new PortreeveError('PRV_ENDPOINTS_HTTP_UNREACHABLE', {}).toJSON() }]
    },
  })
  const waiting = stored(0, toHeaders(envelope('a')))
  const echo = stored(1, toHeaders(envelope('b', { origin: 'voa' })))
  const { append, finished } = await parts.consumer.handler({ ...batchOf(waiting, echo), signal: stopped.signal })
  expect(finished).toBe(0)
  expect(outcomesIn(append)).toEqual([])
})

it('tells the process of its request at once that the outcome is unknown', async () => {
  const told: LogRecord[] = []
  const error = new PortreeveError('PRV_ENDPOINTS_HTTP_NO_ANSWER', { method: 'POST', url: 'u', fault: 'f' }).toJSON()
  const append = async (records: readonly LogRecord[]) => told.push(...records)
  const send: Adapter['send'] = async ({ messages }) => messages.map((): Outcome => ({ state: 'unknown', error }))
  const lookup: Adapter['lookup'] = async ({ messages }) =>
    messages.map((): Outcome => ({ state: 'delivered', proof: 'p' }))
  await using world = await consumerWith({ send, lookup }, { append })
  const request = stored(0, toHeaders(envelope('T1.moves.voa.1')))
  const result = await world.consumer.handler(batchOf(request, stored(1, toHeaders(envelope('of no process')))))
  const newsIn = (records: readonly LogRecord[]) =>
    records.flatMap((record) => (record.topic === processTopic ? [readProcessRecord({ value: record.value })] : []))
  expect(newsIn(told)).toMatchObject([{ kind: 'handed-over', instance: 'T1', system: 'voa', outcome: 'unknown' }])
  expect(newsIn(result.append)).toMatchObject([{ kind: 'handed-over', instance: 'T1', outcome: 'delivered' }])
})
