import type { ProcessRecorded } from '@portreeve/model'
import type { EmailValues } from './email-values.ts'
import type { ProcessDefinition } from './process-definition.ts'
import type { ProcessEffect } from './process-effect.ts'
import { type ProcessInstance, type SystemProgress, withSystem } from './process-instance.ts'
import type { Learnt } from './process-manager.ts'
import { requestId } from './request-id.ts'
import { afterWorkingDays } from './working-days.ts'

type Event<Kind extends ProcessRecorded['kind']> = Extract<ProcessRecorded, { kind: Kind }>

/** What delivery says of a request. */
export function handedOver(
  definition: ProcessDefinition,
  event: Event<'handed-over'>,
  instance: ProcessInstance,
): Learnt | null {
  const { system, at, outcome } = event
  const progress = progressOf(instance, system, event.requestId)
  if (!progress) return null
  if (progress.handedOver) return lateProof(event, instance, progress)
  switch (outcome) {
    case 'not-concerned':
      return null
    case 'unknown': {
      if (progress.isUnknown) return null
      const step = { at, what: 'unknown', system } as const
      return { instance: withSystem(instance, system, { ...progress, isUnknown: true }, step), effects: [] }
    }
    case 'delivered':
      return { instance: delivered(definition, event, instance, progress), effects: [] }
    default: {
      // A person was called when it was parked, and has discarded it.
      if (outcome === 'discarded' && progress.state === 'needs-a-person') return null
      const { code = '', reason = '', candidates } = event
      return needsPerson(definition, instance, system, {
        ...progress,
        since: at,
        code,
        words: reason,
        ...(candidates && { candidates }),
      })
    }
  }
}

/** The system's own word came before the news of the delivery. */
function lateProof(event: Event<'handed-over'>, instance: ProcessInstance, progress: SystemProgress): Learnt | null {
  const { outcome, proof, system } = event
  if (outcome !== 'delivered' || proof === undefined || progress.proof !== undefined) return null
  return { instance: withSystem(instance, system, { ...progress, proof }, null), effects: [] }
}

function delivered(
  definition: ProcessDefinition,
  { system, at, proof = '' }: Event<'handed-over'>,
  instance: ProcessInstance,
  progress: SystemProgress,
): ProcessInstance {
  const workingDays = definition.systems.find(({ label }) => label === system)?.confirmWithinWorkingDays ?? null
  const waits: SystemProgress = { ...plain(progress), state: 'delivered', since: at, handedOver: true, proof }
  const by = workingDays === null ? null : afterWorkingDays(new Date(at), workingDays, definition.holidays)
  const next: SystemProgress = by === null ? waits : { ...waits, confirmBy: by.toISOString() }
  return withSystem(instance, system, next, { at, what: 'delivered', system, words: proof })
}

/** What the system itself says of a request. */
export function answered(
  definition: ProcessDefinition,
  event: Event<'answered'>,
  instance: ProcessInstance,
): Learnt | null {
  const { system, at, status, words, code, systemReference, candidates } = event
  const progress = progressOf(instance, system, event.requestId)
  const isSettled = progress?.state === 'confirmed' && (status === 'confirmed' || status === 'in-progress')
  if (!progress || isSettled) return null
  const said = {
    ...(words !== undefined && { words }),
    ...(systemReference !== undefined && { systemReference }),
  }
  const step = { at, system, ...(words !== undefined && { words }) }
  if (status === 'in-progress') {
    return {
      instance: withSystem(instance, system, { ...progress, ...said }, { ...step, what: 'in-progress' }),
      effects: [],
    }
  }
  if (status === 'confirmed') {
    const { confirmBy: _by, ...rest } = plain(progress)
    const next: SystemProgress = { ...rest, ...said, state: 'confirmed', since: at, handedOver: true }
    return { instance: withSystem(instance, system, next, { ...step, what: 'confirmed' }), effects: [] }
  }
  // It has judged the request: whatever it says, it was handed over.
  return needsPerson(definition, instance, system, {
    ...progress,
    ...said,
    since: at,
    handedOver: status === 'rejected',
    code: code ?? status,
    words: words ?? sentences[status],
    ...(candidates && { candidates }),
  })
}

const sentences = {
  rejected: 'It did not take over the change.',
  'no-match': 'It has nobody who matches.',
  'several-matches': 'It has several persons who match.',
} as const

/** A person has dealt with a system: by hand, or by saying who is meant. */
export function resolved(
  { systems }: ProcessDefinition,
  event: Event<'resolved'>,
  instance: ProcessInstance,
): Learnt | null {
  const { system, at, by, why, personReference } = event
  const progress = instance.systems[system]
  const canBeAsked = instance.body !== null && systems.some(({ label }) => label === system)
  if (progress?.state !== 'needs-a-person' || (personReference !== undefined && !canBeAsked)) return null
  const chosen = personReference === undefined ? {} : { personReference }
  const step = { at, what: 'resolved', system, by, why, ...chosen } as const
  const base = { since: at, attempt: progress.attempt }
  const next: SystemProgress =
    personReference === undefined
      ? { ...base, state: 'confirmed', handedOver: true, words: why }
      : { ...base, state: 'withheld', handedOver: false, personReference }
  return { instance: withSystem(instance, system, next, step), effects: [] }
}

/** The time for a confirmation is over. */
export function notConfirmed(
  definition: ProcessDefinition,
  { timer: system, at, dueAt }: Event<'due'>,
  instance: ProcessInstance,
): Learnt | null {
  const progress = instance.systems[system]
  if (progress?.state !== 'delivered' || progress.confirmBy !== dueAt) return null
  const days = definition.systems.find(({ label }) => label === system)?.confirmWithinWorkingDays ?? 0
  return needsPerson(definition, instance, system, {
    ...progress,
    since: at,
    code: 'PRV_CORE_NOT_CONFIRMED',
    words: `It has not confirmed within ${days} working days.`,
  })
}

/** A person is called, and told why by `words`. */
export function needsPerson(
  definition: ProcessDefinition,
  instance: ProcessInstance,
  system: string,
  progress: SystemProgress,
): Learnt {
  const { confirmBy: _by, isUnknown: _asked, ...rest } = progress
  const { since: at, words = '' } = progress
  const next: SystemProgress = { ...rest, state: 'needs-a-person' }
  const step = { at, what: 'needs-a-person', system, words } as const
  const told = withSystem({ ...instance, stage: 'open', alerts: instance.alerts + 1 }, system, next, step)
  return { instance: told, effects: alert(definition, told, system, words) }
}

function alert(
  { alert: template, systems }: ProcessDefinition,
  { id, process, reference, alerts }: ProcessInstance,
  system: string,
  why: string,
): readonly ProcessEffect[] {
  const to = systems.find(({ label }) => label === system)?.administrators ?? []
  if (template === null || to.length === 0) return []
  const remedy = `portreeve track ${reference}`
  const values: EmailValues<'alert'> = { reference, system, why, remedy }
  // Each has an e-mail of their own: what one address does not take is no reason to send the others theirs twice.
  return to.map((address, index) => {
    const email = `${id}.${process}.alert.${alerts}.${index + 1}`
    return { kind: 'email', id: email, process, instance: id, template, to: [address], values }
  })
}

/** The system's progress, when this is about its last request. */
function progressOf(instance: ProcessInstance, system: string, request: string): SystemProgress | null {
  const progress = instance.systems[system]
  if (!progress || progress.attempt === 0) return null
  const { process, id } = instance
  return requestId({ process, instance: id, system, attempt: progress.attempt }) === request ? progress : null
}

/** Without what was wrong before. */
function plain({
  code: _code,
  words: _words,
  candidates: _candidates,
  isUnknown: _asked,
  ...rest
}: SystemProgress): SystemProgress {
  return rest
}
