import { openLedger } from '@portreeve/ledger'
import { expect, it } from 'vitest'
import type { Receiver } from '../receivers.ts'
import { envelope, type } from '../testing/receiver-world.ts'
import { deliveryTopic } from '../topics.ts'
import { goes, type Standing, standingAt } from './standing.ts'

const branch = { when: undefined, to: ['voa'] }
const receiver = (when?: unknown): Receiver => ({
  name: 'r.voa',
  label: 'voa',
  route: {
    kind: 'delivery',
    name: 'r',
    from: [type],
    when,
    branches: [branch],
    batch: { maxMessages: 10, maxWaitSeconds: 0 },
    limits: {},
    place: { file: 'routes/r.yaml', line: 1, column: 1 },
  },
  branches: [{ branch, mine: true }],
})

const body = Buffer.from('{}')
const request = 'f00d.moves.voa.1'
const states = { had: 'delivered', letter: 'parked', [request]: 'refused', report: 'refused' }

it('a replay goes as its message stands at the receiver: not where it is had or not concerned, and told where a person is asked', () => {
  using ledger = openLedger({ path: ':memory:', receiversOf: (one) => (one === type ? ['r.voa'] : []) })
  const ids = [...Object.keys(states), 'new']
  ledger.apply(
    type,
    0,
    ids.map((id, offset) => ({ offset, envelope: envelope(id), body })),
    ids.length,
  )
  const outcomes = Object.entries(states).map(([messageId, state]) => ({ messageId, state }))
  const at = '2026-03-01T00:01:00Z'
  const event = { receiver: 'r.voa', route: 'r', batchId: 'b', at, outcomes }
  const told = {
    offset: 0,
    envelope: envelope('event', { type: deliveryTopic }),
    body: Buffer.from(JSON.stringify(event)),
  }
  ledger.apply(deliveryTopic, 0, [told], 1)

  const standingOf = standingAt(receiver(), ledger)
  const found = Object.fromEntries(ids.map((id) => [id, standingOf({ envelope: envelope(id), body })]))
  expect(found).toEqual({
    had: 'delivered-before',
    letter: 'waits-for-person',
    [request]: 'waits-for-person',
    report: 'to-send',
    new: 'to-send',
  })
  const filtered = standingAt(receiver({ field: 'envelope.uprn', present: true }), ledger)
  expect(filtered({ envelope: envelope('had'), body })).toBe('not-concerned')
  const all: readonly Standing[] = ['not-concerned', 'delivered-before', 'waits-for-person', 'to-send']
  expect(all.filter((one) => goes(one, false))).toEqual(['waits-for-person', 'to-send'])
  expect(all.filter((one) => goes(one, true))).toEqual(['delivered-before', 'waits-for-person', 'to-send'])
})
