import type { ProcessRecorded } from '@portreeve/model'
import { describe, expect, it } from 'vitest'
import type { ProcessDefinition } from './process-definition.ts'
import type { ProcessEffect } from './process-effect.ts'
import type { ProcessInstance } from './process-instance.ts'
import { advance, type ProcessInstances } from './process-manager.ts'

const definition: ProcessDefinition = {
  name: 'tell-us-once',
  acknowledgement: 'acknowledgement',
  alert: 'needs-a-person',
  holidays: ['2026-12-25'],
  systems: [
    { label: 'crm', service: 'customer-record', confirmWithinWorkingDays: 5, administrators: ['crm@example.org'] },
    { label: 'revenues', service: 'council-tax', confirmWithinWorkingDays: null, administrators: [] },
  ],
}

const at = '2026-11-23T09:30:00.000Z'

/** Distributive, so that each kind of event keeps its own properties. */
type Without<Event> = Event extends unknown ? Omit<Event, 'process' | 'at' | 'instance'> & { instance?: string } : never

class World {
  readonly instances = new Map<string, ProcessInstance>()
  readonly effects: ProcessEffect[] = []
  #order = 0

  tell(event: Without<ProcessRecorded>): readonly ProcessEffect[] {
    const whole = { process: definition.name, at, instance: 'T1', ...event } as ProcessRecorded
    this.#order += 1
    const instances: ProcessInstances = {
      get: (id) => this.instances.get(id),
      openOf: (key) =>
        [...this.instances.values()].filter(
          (instance) => instance.key === key && (instance.stage === 'open' || instance.stage === 'held'),
        ),
    }
    const { changed, effects } = advance(definition, whole, instances, this.#order)
    for (const instance of changed) this.instances.set(instance.id, instance)
    this.effects.push(...effects)
    return effects
  }

  start(id: string, given: { holds?: boolean; body?: object; key?: string } = {}): readonly ProcessEffect[] {
    const person = { personGivenName: 'Ada', personFamilyName: 'Sampleby', emailAddress: 'ada@example.org' }
    return this.tell({
      kind: 'started',
      instance: id,
      reference: `R-${id}`,
      key: given.key ?? 'C-1',
      envelope: '{}',
      body: JSON.stringify({ person, movedOn: '2026-11-01', ...given.body }),
      holds: given.holds ? [{ rule: 'long-ago', sentence: 'Long ago.' }] : [],
    })
  }

  handedOver(id: string, system: string, outcome: 'delivered' | 'refused' | 'parked' | 'unknown', attempt = 1) {
    const requestId = `${id}.tell-us-once.${system}.${attempt}`
    return this.tell({
      kind: 'handed-over',
      instance: id,
      system,
      requestId,
      outcome,
      code: 'X',
      reason: 'why',
      proof: 'p',
    })
  }

  states(id: string) {
    return Object.entries(this.instances.get(id)?.systems ?? {}).map(([label, { state }]) => `${label} ${state}`)
  }
}

const requests = (effects: readonly ProcessEffect[]) =>
  effects.flatMap((effect) => (effect.kind === 'request' ? [effect.id] : []))
const emails = (effects: readonly ProcessEffect[]) =>
  effects.flatMap((effect) => (effect.kind === 'email' ? [`${effect.template} to ${effect.to.join()}`] : []))

describe('the Process Manager', () => {
  it('asks every system at once, and acknowledges, when nothing holds the transaction', () => {
    const world = new World()
    const effects = world.start('T1')
    expect(requests(effects)).toEqual(['T1.tell-us-once.crm.1', 'T1.tell-us-once.revenues.1'])
    expect(emails(effects)).toEqual(['acknowledgement to ada@example.org'])
    expect(world.states('T1')).toEqual(['crm waiting', 'revenues waiting'])
  })

  it('takes the same event twice as one', () => {
    const world = new World()
    world.start('T1')
    expect(world.start('T1')).toEqual([])
    world.handedOver('T1', 'crm', 'refused')
    expect(world.handedOver('T1', 'revenues', 'delivered')).toEqual([])
    const before = JSON.stringify([...world.instances])
    expect(world.handedOver('T1', 'revenues', 'delivered')).toEqual([])
    expect(JSON.stringify([...world.instances])).toBe(before)
  })

  it('asks nobody whom the person did not want told, or for whom consent is refused', () => {
    const world = new World()
    const consents = [{ purpose: 'customer-record', answer: 'refused' }]
    expect(requests(world.start('T1', { body: { consents } }))).toEqual(['T1.tell-us-once.revenues.1'])
    expect(requests(world.start('T2', { key: 'C-2', body: { tell: ['customer-record'] } }))).toEqual([
      'T2.tell-us-once.crm.1',
    ])
    expect(world.states('T2')).toEqual(['crm waiting', 'revenues not-concerned'])
  })

  it('acknowledges a transaction that is held, and sends it only when a person has approved it', () => {
    const world = new World()
    const effects = world.start('T1', { holds: true })
    expect([...requests(effects), ...emails(effects)]).toEqual(['acknowledgement to ada@example.org'])
    expect(requests(world.tell({ kind: 'approved', by: 'A', why: 'seen' }))).toHaveLength(2)
    expect(world.tell({ kind: 'rejected', by: 'B', why: 'too late' })).toEqual([])
  })

  it('sends nothing of a rejected transaction, and forgets its body', () => {
    const world = new World()
    world.start('T1', { holds: true })
    expect(world.tell({ kind: 'rejected', by: 'A', why: 'no' })).toEqual([])
    expect(world.instances.get('T1')).toMatchObject({ stage: 'rejected', body: null })
  })

  it('sends the corrected body, as a message of its own, to those whom it names', () => {
    const world = new World()
    world.start('T1', { holds: true })
    const body = JSON.stringify({ person: {}, movedOn: '2026-11-02', tell: ['customer-record'] })
    const effects = world.tell({ kind: 'corrected', by: 'A', why: 'typo', messageId: 'T1.corrected', body })
    expect(effects[0]).toMatchObject({ messageId: 'T1.corrected', body })
    expect(world.states('T1')).toEqual(['crm waiting', 'revenues not-concerned'])
  })

  it('lets a later change of the same person wait behind one that waits for a decision, and another person go', () => {
    const world = new World()
    world.start('T1', { holds: true })
    expect(requests(world.start('T2'))).toEqual([])
    expect(requests(world.start('T3', { key: 'C-2' }))).toHaveLength(2)
    expect(requests(world.tell({ kind: 'approved', by: 'A', why: 'seen' }))).toEqual([
      'T1.tell-us-once.crm.1',
      'T1.tell-us-once.revenues.1',
      'T2.tell-us-once.crm.1',
      'T2.tell-us-once.revenues.1',
    ])
  })

  it('lets a later change go when the earlier one is rejected', () => {
    const world = new World()
    world.start('T1', { holds: true })
    world.start('T2')
    expect(requests(world.tell({ kind: 'rejected', by: 'A', why: 'no' }))).toHaveLength(2)
  })

  it('calls the administrators of a system that refuses, and only those', () => {
    const world = new World()
    world.start('T1')
    expect(emails(world.handedOver('T1', 'crm', 'refused'))).toEqual(['needs-a-person to crm@example.org'])
    expect(world.handedOver('T1', 'revenues', 'delivered')).toEqual([])
    expect(world.states('T1')).toEqual(['crm needs-a-person', 'revenues delivered'])
  })

  it('holds later changes back from a system that could not be handed an earlier one, and from no other', () => {
    const world = new World()
    world.start('T1')
    world.handedOver('T1', 'crm', 'refused')
    expect(requests(world.start('T2'))).toEqual(['T2.tell-us-once.revenues.1'])
    const effects = world.tell({ kind: 'resolved', system: 'crm', by: 'A', why: 'the second', personReference: 'P-2' })
    expect(requests(effects)).toEqual(['T1.tell-us-once.crm.2', 'T2.tell-us-once.crm.1'])
    expect(effects[0]).toMatchObject({ personReference: 'P-2' })
  })

  it('takes no word of an earlier attempt for one of the last', () => {
    const world = new World()
    world.start('T1')
    world.handedOver('T1', 'crm', 'refused')
    world.tell({ kind: 'resolved', system: 'crm', by: 'A', why: 'P-2', personReference: 'P-2' })
    world.handedOver('T1', 'crm', 'delivered', 1)
    expect(world.states('T1')[0]).toBe('crm waiting')
    world.handedOver('T1', 'crm', 'delivered', 2)
    expect(world.states('T1')[0]).toBe('crm delivered')
  })

  it('calls a person when a system does not confirm in time, whole working days after it was handed the change', () => {
    const world = new World()
    world.start('T1')
    world.handedOver('T1', 'crm', 'delivered')
    const { confirmBy = '' } = world.instances.get('T1')?.systems.crm ?? {}
    expect(confirmBy).toBe('2026-12-01T00:00:00.000Z')
    expect(world.tell({ kind: 'due', timer: 'crm', dueAt: '2026-11-30T00:00:00.000Z' })).toEqual([])
    expect(emails(world.tell({ kind: 'due', timer: 'crm', dueAt: confirmBy }))).toHaveLength(1)
    expect(world.tell({ kind: 'due', timer: 'crm', dueAt: confirmBy })).toEqual([])
    expect(world.instances.get('T1')?.systems.crm).toMatchObject({
      state: 'needs-a-person',
      code: 'PRV_CORE_NOT_CONFIRMED',
    })
  })

  it('knows that it is not known whether a system has a change, until it is', () => {
    const world = new World()
    world.start('T1')
    expect(world.handedOver('T1', 'crm', 'unknown')).toEqual([])
    const steps = () => world.instances.get('T1')?.steps.map(({ what }) => what)
    const before = steps()
    expect(before).toEqual(['started', 'requested', 'requested', 'unknown'])
    expect(world.instances.get('T1')?.systems.crm).toMatchObject({ state: 'waiting', isUnknown: true })
    world.handedOver('T1', 'crm', 'unknown')
    expect(steps()).toEqual(before)
    world.handedOver('T1', 'crm', 'delivered')
    expect(world.instances.get('T1')?.systems.crm).not.toHaveProperty('isUnknown')
  })

  it('takes a confirmation that comes before the news of the delivery', () => {
    const world = new World()
    world.start('T1')
    const requestId = 'T1.tell-us-once.crm.1'
    world.tell({ kind: 'answered', system: 'crm', requestId, messageId: 'm', status: 'confirmed', words: 'Done.' })
    world.handedOver('T1', 'crm', 'delivered')
    expect(world.instances.get('T1')?.systems.crm).toMatchObject({ state: 'confirmed', words: 'Done.', proof: 'p' })
  })

  it('is over, and keeps no personal data to be sent, when every system is done', () => {
    const world = new World()
    world.start('T1')
    world.handedOver('T1', 'revenues', 'delivered')
    world.handedOver('T1', 'crm', 'delivered')
    expect(world.instances.get('T1')?.stage).toBe('open')
    const requestId = 'T1.tell-us-once.crm.1'
    world.tell({ kind: 'answered', system: 'crm', requestId, messageId: 'm', status: 'confirmed' })
    expect(world.instances.get('T1')).toMatchObject({ stage: 'ended', body: null })
  })

  it('calls a person when a system rejects what it had taken, even after the end', () => {
    const world = new World()
    world.start('T1', { body: { tell: ['council-tax'] } })
    world.handedOver('T1', 'revenues', 'delivered')
    expect(world.instances.get('T1')?.stage).toBe('ended')
    const requestId = 'T1.tell-us-once.revenues.1'
    world.tell({
      kind: 'answered',
      system: 'revenues',
      requestId,
      messageId: 'm',
      status: 'rejected',
      words: 'No account.',
    })
    expect(world.states('T1')[1]).toBe('revenues needs-a-person')
    expect(world.tell({ kind: 'resolved', system: 'revenues', by: 'A', why: 'x', personReference: 'P' })).toEqual([])
    world.tell({ kind: 'resolved', system: 'revenues', by: 'A', why: 'Done by hand.' })
    expect(world.instances.get('T1')).toMatchObject({ stage: 'ended' })
  })

  it('calls a person when a system takes back what it had confirmed', () => {
    const world = new World()
    world.start('T1')
    const about = { kind: 'answered', system: 'crm', requestId: 'T1.tell-us-once.crm.1' } as const
    world.tell({ ...about, messageId: 'm1', status: 'confirmed' })
    expect(world.tell({ ...about, messageId: 'm2', status: 'in-progress' })).toEqual([])
    expect(emails(world.tell({ ...about, messageId: 'm3', status: 'rejected', words: 'Wrong person.' }))).toHaveLength(
      1,
    )
    expect(world.states('T1')[0]).toBe('crm needs-a-person')
  })

  it('keeps an instance that is open again in its place before later ones', () => {
    const world = new World()
    world.start('T1', { body: { tell: ['customer-record'] } })
    const about = { kind: 'answered', system: 'crm', requestId: 'T1.tell-us-once.crm.1' } as const
    world.tell({ ...about, messageId: 'm1', status: 'confirmed' })
    world.start('T2', { holds: true })
    world.tell({ ...about, messageId: 'm2', status: 'no-match', words: 'Nobody.' })
    expect(requests(world.tell({ kind: 'approved', instance: 'T2', by: 'A', why: 'seen' }))).toEqual([
      'T2.tell-us-once.revenues.1',
    ])
    expect(world.states('T2')).toEqual(['crm withheld', 'revenues waiting'])
  })

  it('learns nothing of an instance that never began', () => {
    const world = new World()
    expect(world.handedOver('T9', 'crm', 'delivered')).toEqual([])
    expect(world.instances.size).toBe(0)
  })
})
