import type { ProcessRecorded } from '@portreeve/model'
import { begin, systemsAtFirst } from './begin.ts'
import { answered, handedOver, notConfirmed, resolved } from './learn.ts'
import type { ProcessDefinition } from './process-definition.ts'
import type { ProcessEffect } from './process-effect.ts'
import { type ProcessInstance, withStep } from './process-instance.ts'
import { releaseNext } from './release.ts'
import { systemRemoved } from './system-removed.ts'
import { readTransaction } from './transaction-body.ts'

/** The instances as they stand before an event. */
export interface ProcessInstances {
  get(id: string): ProcessInstance | undefined
  /** Those that are not over, of a key, in the order in which they came. */
  openOf(key: string): readonly ProcessInstance[]
}

export interface Advanced {
  /** As they stand now; each once. */
  readonly changed: readonly ProcessInstance[]
  readonly effects: readonly ProcessEffect[]
}

/** One instance after an event, with the e-mails that it asks for; `null`: the event changes nothing. */
export interface Learnt {
  readonly instance: ProcessInstance
  readonly effects: readonly ProcessEffect[]
}

const nothing: Advanced = { changed: [], effects: [] }

/**
 * Process Manager (EIP), pure: what an event does to the instances of its key, and what goes out because of it. The same
 * event on the same instances always gives the same; an event that came before, or comes too late, changes nothing.
 */
export function advance(
  definition: ProcessDefinition,
  event: ProcessRecorded,
  instances: ProcessInstances,
  /** Of the event; rises. */
  order: number,
): Advanced {
  const learnt = learn(definition, event, order, instances.get(event.instance))
  if (learnt === null) return nothing
  const { instance } = learnt
  const others = instances.openOf(instance.key).filter(({ id }) => id !== instance.id)
  const later = others.findIndex((other) => other.order > instance.order)
  const inOrder = others.toSpliced(later === -1 ? others.length : later, 0, instance)
  const { changed, effects } = releaseNext(definition, inOrder, event.at)
  const all = changed.some(({ id }) => id === instance.id) ? changed : [instance, ...changed]
  return { changed: all, effects: [...learnt.effects, ...effects] }
}

function learn(
  definition: ProcessDefinition,
  event: ProcessRecorded,
  order: number,
  instance?: ProcessInstance,
): Learnt | null {
  if (event.kind === 'started') return instance ? null : begin(definition, event, order)
  if (!instance) return null
  switch (event.kind) {
    case 'approved':
    case 'rejected':
    case 'corrected':
      return decided(definition, event, instance)
    case 'handed-over':
      return handedOver(definition, event, instance)
    case 'answered':
      return answered(definition, event, instance)
    case 'resolved':
      return resolved(definition, event, instance)
    case 'due':
      return notConfirmed(definition, event, instance)
    case 'system-removed':
      return systemRemoved(definition, event, instance)
  }
}

type Decision = Extract<ProcessRecorded, { kind: 'approved' | 'rejected' | 'corrected' }>

function decided(definition: ProcessDefinition, event: Decision, instance: ProcessInstance): Learnt | null {
  if (instance.stage !== 'held') return null
  const { at, by, why, kind } = event
  const told = withStep(instance, { at, what: kind, by, why })
  if (kind === 'rejected') return { instance: { ...told, stage: 'rejected', body: null }, effects: [] }
  const corrected = kind === 'corrected' ? correction(definition, event) : {}
  return { instance: { ...told, ...corrected, stage: 'open' }, effects: [] }
}

/** Nobody was asked yet: whom it concerns, the corrected body says. */
function correction(definition: ProcessDefinition, event: Extract<Decision, { kind: 'corrected' }>) {
  const { messageId, body, at } = event
  return { messageId, body, systems: systemsAtFirst(definition, readTransaction(body), at) }
}
