import type { Adapter, Outcome } from '@portreeve/adapter-sdk'
import { type Envelope, toHeaders } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import type { LogRecord, StoredRecord } from '@portreeve/log'
import { describe, expect, it } from 'vitest'
import { processTopic } from '../process/process-topic.ts'
import { consumerWith, envelope, type } from '../testing/receiver-world.ts'
import { deliveryTopic } from '../topics.ts'
import { untilRepeated } from './at-receiver.ts'

const replay = (id: string, more: Partial<Envelope> = {}) =>
  envelope(`${id}.replay.R`, { causationId: id, replayOf: id, replayTo: 'r.voa', ...more })

function batchOf(...envelopes: readonly Envelope[]) {
  const records = envelopes.map((one, offset): StoredRecord => {
    const at = { topic: type, partition: 0, offset, timestamp: 0 }
    return { ...at, key: new Uint8Array([offset]), value: new TextEncoder().encode('{}'), headers: toHeaders(one) }
  })
  return { topic: type, partition: 0, records, metadata: null, signal: new AbortController().signal }
}

function told(records: readonly LogRecord[]) {
  return records
    .filter(({ topic }) => topic === deliveryTopic)
    .flatMap(({ value }) => JSON.parse(new TextDecoder().decode(value ?? new Uint8Array())).outcomes)
}

/** An adapter that takes everything and remembers under which ids. */
function taking(outcome: Outcome = { state: 'delivered', proof: 'p' }) {
  const sent: string[] = []
  const send: Adapter['send'] = async ({ messages }) => {
    sent.push(...messages.map((message) => message.envelope.id))
    return messages.map(() => outcome)
  }
  return { sent, send }
}

const fault = { method: 'POST', url: 'u', fault: 'f' }
const unknown = new PortreeveError('PRV_ENDPOINTS_HTTP_NO_ANSWER', fault).toJSON()

describe('a receiver that is sent a replay', () => {
  it('is sent it under the id of what it repeats, and it is told of under its own', async () => {
    const { sent, send } = taking()
    await using world = await consumerWith({ send })
    const { append } = await world.consumer.handler(batchOf(replay('a')))
    expect(sent).toEqual(['a'])
    expect(told(append)).toEqual([{ messageId: 'a.replay.R', state: 'delivered', proof: 'p' }])
  })

  it('is not sent it when it had the message already, which is told with its own word for it', async () => {
    const { sent, send } = taking()
    const asked: string[] = []
    const deliveredBefore = async (receiver: string, id: string) => {
      asked.push(`${receiver} ${id}`)
      return id === 'a' ? { proof: 'P-1', since: new Date(0) } : null
    }
    await using world = await consumerWith({ send }, { deliveredBefore })
    const { append, finished } = await world.consumer.handler(batchOf(replay('a'), replay('b'), envelope('c')))
    expect(finished).toBe(3)
    expect(sent).toEqual(['b', 'c'])
    expect(asked, 'only of replays').toEqual(['r.voa a', 'r.voa b'])
    expect(told(append)).toContainEqual({
      messageId: 'a.replay.R',
      state: 'delivered',
      code: 'PRV_BROKER_REPLAY_DELIVERED_BEFORE',
      reason: expect.stringContaining('already'),
      proof: 'P-1',
    })
  })

  it('is sent it all the same, under its own id, when it is to have effect again', async () => {
    const { sent, send } = taking()
    const deliveredBefore = async () => ({ proof: 'P-1', since: new Date(0) })
    await using world = await consumerWith({ send }, { deliveredBefore })
    await world.consumer.handler(batchOf(replay('a', { replayAgain: 'yes' })))
    expect(sent).toEqual(['a.replay.R'])
  })

  it('is not concerned by one for another receiver', async () => {
    const { sent, send } = taking()
    await using world = await consumerWith({ send })
    const { append } = await world.consumer.handler(batchOf(replay('a', { replayTo: 'r.other' })))
    expect(sent).toEqual([])
    expect(told(append)).toEqual([{ messageId: 'a.replay.R', state: 'not-concerned' }])
  })

  it('is not sent it together with what it repeats: what became of that is not known yet', async () => {
    const { sent, send } = taking()
    await using world = await consumerWith({ send })
    const batch = batchOf(envelope('a'), envelope('b'), replay('a'), envelope('c'))
    expect((await world.consumer.handler(batch)).finished).toBe(2)
    expect(sent).toEqual(['a', 'b'])
    expect(untilRepeated([replay('a'), undefined, replay('b'), replay('a', { id: 'a.replay.S' })])).toBe(3)
    expect(untilRepeated([envelope('a'), envelope('a')]), 'the same record again is no replay').toBe(2)
  })

  it('is asked what became of it under the id that it was sent under', async () => {
    const asked: string[] = []
    const send: Adapter['send'] = async () => [{ state: 'unknown', error: unknown }]
    const lookup: Adapter['lookup'] = async ({ messages }) => {
      asked.push(...messages.map((message) => message.envelope.id))
      return [{ state: 'delivered', proof: 'p' }]
    }
    await using world = await consumerWith({ send, lookup })
    await world.consumer.handler(batchOf(replay('a')))
    expect(asked).toEqual(['a'])
  })

  it('tells a process of it as of the request that it repeats', async () => {
    const { send } = taking()
    await using world = await consumerWith({ send })
    const { append } = await world.consumer.handler(batchOf(replay('f00d.moves.crm.1')))
    const news = append.filter(({ topic }) => topic === processTopic)
    expect(news.map(({ value }) => JSON.parse(new TextDecoder().decode(value ?? new Uint8Array())))).toMatchObject([
      { kind: 'handed-over', instance: 'f00d', requestId: 'f00d.moves.crm.1', outcome: 'delivered' },
    ])
  })
})
