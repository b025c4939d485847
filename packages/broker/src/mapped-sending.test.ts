import type { Adapter, Outcome } from '@portreeve/adapter-sdk'
import { type Envelope, type Message, toHeaders } from '@portreeve/envelope'
import type { StoredRecord } from '@portreeve/log'
import { type Mapping, openMapping, ScriptEngine } from '@portreeve/mappings'
import { afterAll, expect, it } from 'vitest'
import { consumerWith, envelope, type } from './testing/receiver-world.ts'

const engine = new ScriptEngine()
afterAll(() => engine[Symbol.asyncDispose]())

async function world(adapter: Partial<Adapter>, options: Parameters<typeof consumerWith>[1] = {}) {
  const mapping = await openMapping(
    {
      name: 'capitals',
      from: type,
      to: { type: 'register.entry.wanted' },
      script: { language: 'jsonata', text: '{"name": $exists(name) ? $uppercase(name) : $error("no name")}' },
    },
    engine,
  )
  if ('fault' in mapping) throw new Error(mapping.fault.sentence)
  const mappings: ReadonlyMap<string, Mapping> = new Map([['capitals', mapping]])
  return await consumerWith(adapter, { map: 'capitals', mappings, ...options })
}

function stored(offset: number, key: string, body: object, changes: Partial<Envelope> = {}): StoredRecord {
  const headers = toHeaders(envelope(`id-${offset}`, changes))
  const value = Buffer.from(JSON.stringify(body))
  return { topic: type, partition: 0, offset, timestamp: 0, key: Buffer.from(key), value, headers }
}

function batchOf(...records: readonly StoredRecord[]) {
  return { topic: type, partition: 0, records, metadata: null, signal: new AbortController().signal }
}

/** A receiver that keeps each batch that it was given. */
function keeping(outcome: Outcome = { state: 'delivered', proof: 'p' }) {
  const batches: (readonly Message[])[] = []
  const take: NonNullable<Adapter['send']> = async ({ messages }) => {
    batches.push(messages)
    return messages.map(() => outcome)
  }
  return { batches, take, bodies: () => batches.map((batch) => batch.map(({ body }) => Buffer.from(body).toString())) }
}

it('gives the receiver what the mapping makes, under the same id, reference and correlation', async () => {
  const { batches, take } = keeping()
  await using parts = await world({ send: take })
  await parts.consumer.handler(batchOf(stored(0, 'a', { name: 'Tester' }, { dataSchema: 'https://x.example/1' })))
  const { dataSchema: _, ...kept } = { ...envelope('id-0'), dataSchema: '' }
  expect(batches).toEqual([
    [
      {
        envelope: { ...kept, type: 'register.entry.wanted', dataContentType: 'application/json' },
        body: expect.anything(),
      },
    ],
  ])
  expect(Buffer.from(batches[0]?.[0]?.body ?? '').toString()).toBe('{"name":"TESTER"}')
})

it('parks what cannot be mapped, holds what is behind it back, and sends the others', async () => {
  const { take, bodies } = keeping()
  await using parts = await world({ send: take })
  const { finished, append } = await parts.consumer.handler(
    batchOf(
      stored(0, 'a', { name: 'One' }),
      stored(1, 'b', { surname: 'Wanda' }),
      stored(2, 'c', { name: 'Three' }),
      stored(3, 'b', { name: 'Behind' }),
    ),
  )
  expect(finished).toBe(4)
  expect(bodies().flat()).toEqual(['{"name":"ONE"}', '{"name":"THREE"}'])
  const { keys } = await parts.state.parked.list({ limit: 10 })
  expect(keys).toMatchObject([{ key: 'b', behind: 1 }])
  const recorded = append.map(({ value }) => Buffer.from(value ?? '').toString()).join()
  expect(recorded).toContain('PRV_MAPPINGS_STOPPED')
  expect(recorded).not.toContain('Wanda')
})

it('asks about the same bytes that it sent', async () => {
  const error = { code: 'PRV_ENDPOINTS_HTTP_NO_ANSWER', message: '', remedy: '', details: {} } as const
  const sent = keeping({ state: 'unknown', error })
  const asked = keeping()
  await using parts = await world({ send: sent.take, lookup: asked.take })
  await parts.consumer.handler(batchOf(stored(0, 'a', { name: 'Tester' })))
  expect(asked.bodies()).toEqual([['{"name":"TESTER"}']])
  expect(asked.bodies()).toEqual(sent.bodies())
})
