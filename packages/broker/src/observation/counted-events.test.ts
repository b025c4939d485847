import { Metrics } from '@portreeve/telemetry/metrics'
import { expect, it } from 'vitest'
import { BrokerEvents } from '../events.ts'
import type { Receiver } from '../receivers.ts'
import { countedEvents } from './counted-events.ts'

const place = { file: 'routes/updates.yaml', line: 1, column: 1 }
const batch = { maxMessages: 1, maxWaitSeconds: 0 }
const branches = [{ when: undefined, to: ['crm'] }]
const receivers: readonly Receiver[] = [
  {
    name: 'updates.crm',
    label: 'crm',
    route: { kind: 'delivery', name: 'updates', from: ['a.b.c'], when: undefined, branches, batch, limits: {}, place },
    branches: branches.map((branch) => ({ branch, mine: true })),
  },
]

it('counts what is told, and what became of messages by route and receiver', async () => {
  const metrics = new Metrics()
  const told: string[] = []
  const events = new BrokerEvents(
    { accepted: ({ status }) => told.push(status) },
    countedEvents(metrics, () => receivers),
  )
  const brought = { label: 'door', type: 'a.b.c', reference: 'R' }
  for (const status of ['accepted', 'accepted', 'duplicate'] as const) events.accepted({ ...brought, status })
  events.unknown({ receiver: 'updates.crm', messages: 3 })
  const outcomes = ['delivered', 'delivered', 'parked'].map((state) => ({ messageId: 'Zaphod', reference: 'R', state }))
  events.delivered({ receiver: 'updates.crm', outcomes })
  expect(told).toEqual(['accepted', 'accepted', 'duplicate'])
  const lines = (await metrics.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines).toEqual([
    'portreeve_accepted_messages_total{type="a.b.c",source="door"} 2',
    'portreeve_duplicate_messages_total{type="a.b.c",source="door"} 1',
    'portreeve_delivery_outcomes_total{route="updates",receiver="crm",state="unknown"} 3',
    'portreeve_delivery_outcomes_total{route="updates",receiver="crm",state="delivered"} 2',
    'portreeve_delivery_outcomes_total{route="updates",receiver="crm",state="parked"} 1',
  ])
})
