import type { ProcessConfiguration } from '@portreeve/configuration'
import type { ProcessInstance } from '@portreeve/core'
import { type Envelope, toHeaders } from '@portreeve/envelope'
import type { LogRecord } from '@portreeve/log'
import { expect, it } from 'vitest'
import { BrokerEvents } from '../events.ts'
import { memoryStores } from '../testing/memory-stores.ts'
import { envelope } from '../testing/receiver-world.ts'
import { invalidMessageTopic } from '../topics.ts'
import { intakeHandler } from './intake.ts'
import { processTopic } from './process-topic.ts'

const startsWith = 'customer.address.changed'
const answers = 'customer.address-update.answered'
const process = { name: 'moves', startsWith, answers, systems: [] as const } as unknown as ProcessConfiguration
const change = {
  person: { personGivenName: 'Wilhelmina', personFamilyName: 'Sedge' },
  oldAddress: {
    paon: { startRange: { number: '14' } },
    streetDescription: 'Tannery Row',
    town: 'Sallowmere',
    postcode: 'ZZ99 3WZ',
  },
  newAddress: {
    paon: { description: 'MILL HOUSE' },
    streetDescription: 'Mill Lane',
    town: 'Sallowmere',
    postcode: 'ZZ99 4WZ',
  },
  movedOn: '2026-03-01',
}
const answered = { system: 'crm', requestId: 'f00d.moves.crm.1.replay.9R3R-L632', status: 'confirmed' }

async function takenIn(type: string, body: unknown, more: Partial<Envelope> = {}) {
  await using stores = await memoryStores(processTopic, startsWith, answers)
  const get = (name: string, id: string) =>
    name === 'moves' && id === 'f00d' ? JSON.stringify({ key: 'k' } as ProcessInstance) : null
  const store = { get, position: () => 0 } as unknown as Parameters<typeof intakeHandler>[0]['store']
  const { log } = stores
  const handler = intakeHandler({
    process,
    log,
    store,
    judge: async () => [],
    now: () => new Date(0),
    events: new BrokerEvents(),
  })
  const headers = toHeaders(envelope('a', { type, ...more }))
  const value = new TextEncoder().encode(JSON.stringify(body))
  const record = { topic: type, partition: 0, offset: 0, timestamp: 0, key: new Uint8Array([1]), value, headers }
  const { signal } = new AbortController()
  return await handler({ topic: type, partition: 0, records: [record], metadata: null, signal })
}

function events(append: readonly LogRecord[]) {
  return append.map(({ topic, value }) => [topic, JSON.parse(new TextDecoder().decode(value ?? new Uint8Array()))])
}

it('begins no transaction with a replay of one, and learns nothing from a replayed answer', async () => {
  const { append } = await takenIn(startsWith, change)
  expect(events(append)).toMatchObject([[processTopic, { kind: 'started', instance: 'a' }]])
  const replay = { causationId: 'first', replayOf: 'first', replayTo: 'r.voa' }
  expect(await takenIn(startsWith, change, replay)).toEqual({ append: [], finished: 1 })
  expect(await takenIn(answers, answered, replay)).toEqual({ append: [], finished: 1 })
})

it('takes an answer about a replay that a system took once more for one about the request', async () => {
  const { append } = await takenIn(answers, answered)
  expect(events(append)).toMatchObject([
    [processTopic, { kind: 'answered', instance: 'f00d', requestId: 'f00d.moves.crm.1', status: 'confirmed' }],
  ])
})

it('believes no system that answers what another was asked', async () => {
  const { append } = await takenIn(answers, { ...answered, system: 'council-tax' })
  expect(append.map(({ topic }) => topic)).toEqual([invalidMessageTopic])
  const [, code] = append[0]?.headers.find(([name]) => name === 'prv_code') ?? []
  expect(new TextDecoder().decode(code)).toBe('PRV_BROKER_ANSWER_UNMATCHED')
})
