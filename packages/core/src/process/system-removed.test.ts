import { expect, it } from 'vitest'
import type { ProcessDefinition } from './process-definition.ts'
import type { ProcessInstance, SystemProgress } from './process-instance.ts'
import { advance } from './process-manager.ts'

const at = '2026-11-23T09:30:00.000Z'
const definition: ProcessDefinition = {
  name: 'moves',
  acknowledgement: null,
  alert: null,
  holidays: [],
  systems: [{ label: 'crm', service: 'customer-record', confirmWithinWorkingDays: 5, administrators: [] }],
}
const done: SystemProgress = { state: 'confirmed', since: at, attempt: 1, handedOver: true }
const removed = {
  kind: 'system-removed',
  process: 'moves',
  instance: 'T1',
  at,
  system: 'revenues',
  configuration: 'v2',
} as const

function instanceWith(revenues: SystemProgress, crm = done): ProcessInstance {
  const about = { process: 'moves', id: 'T1', reference: 'R', key: 'C', order: 1, startedAt: at, messageId: 'T1' }
  const rest = { envelope: '{}', body: '{}', holds: [], alerts: 0, steps: [] }
  return { ...about, ...rest, stage: 'open', systems: { crm, revenues } }
}

function after(instance: ProcessInstance, ...events: Parameters<typeof advance>[1][]): ProcessInstance {
  return events.reduce((now, event) => {
    const instances = { get: () => now, openOf: () => (now.stage === 'open' || now.stage === 'held' ? [now] : []) }
    return advance(definition, event, instances, 2).changed.at(-1) ?? now
  }, instance)
}

const progress = { since: at, attempt: 1, handedOver: false }

it.each([
  ['waiting', { ...progress, state: 'waiting' }, 'before it was known to have the change'],
  ['withheld', { ...progress, state: 'withheld', attempt: 0 }, 'before it was asked'],
  [
    'delivered',
    { ...progress, state: 'delivered', handedOver: true, confirmBy: at },
    'before it had confirmed the change',
  ],
] as const)(
  'a system that was removed while it was %s waits for a person, who is told why',
  (_state, revenues, before) => {
    const words = `It was taken out of the configuration (version v2) ${before}.`
    const now = after(instanceWith(revenues), removed, removed)
    expect(now).toMatchObject({
      stage: 'open',
      systems: { revenues: { state: 'needs-a-person', code: 'PRV_CORE_SYSTEM_REMOVED', words } },
      steps: [{ at, what: 'needs-a-person', system: 'revenues', words }],
    })
    expect(now.systems.revenues?.confirmBy).toBeUndefined()
    const resolved = { ...removed, kind: 'resolved', by: 'A', why: 'w' } as const
    const { configuration: _none, ...decision } = resolved
    expect(after(now, { ...decision, personReference: 'P' })).toEqual(now)
    expect(after(now, decision)).toMatchObject({
      stage: 'ended',
      systems: { revenues: { state: 'confirmed', words: 'w' } },
    })
  },
)

it('a transaction is not done for as long as a removed system is not', () => {
  const confirmed = {
    kind: 'answered',
    system: 'crm',
    requestId: 'T1.moves.crm.1',
    messageId: 'm',
    status: 'confirmed',
  } as const
  const waits = instanceWith({ ...progress, state: 'waiting' }, { ...progress, state: 'waiting' })
  const { process, instance } = removed
  expect(after(waits, { ...confirmed, process, instance, at })).toMatchObject({
    stage: 'open',
    systems: { crm: { state: 'confirmed' }, revenues: { state: 'waiting' } },
  })
})

it('a transaction that is held goes on to be held', () => {
  const held: ProcessInstance = { ...instanceWith({ ...progress, state: 'withheld', attempt: 0 }), stage: 'held' }
  expect(after(held, removed)).toMatchObject({ stage: 'held', systems: { revenues: { state: 'needs-a-person' } } })
})

it('a system that is done, or that is there again, is left as it is', () => {
  for (const { stage, systems } of [instanceWith(done), instanceWith({ ...done, state: 'not-concerned' })]) {
    expect(after({ ...instanceWith(done), stage, systems }, removed).systems).toEqual(systems)
  }
  const waits = instanceWith(done, { ...progress, state: 'waiting' })
  expect(after(waits, { ...removed, system: 'crm' })).toEqual(waits)
})
