import type { ProcessRecorded } from '@portreeve/model'
import type { EmailValues } from './email-values.ts'
import type { ProcessDefinition } from './process-definition.ts'
import type { EmailEffect } from './process-effect.ts'
import type { ProcessInstance, ProcessStep, SystemProgress } from './process-instance.ts'
import type { Learnt } from './process-manager.ts'
import { concerns, readTransaction, type TransactionBody } from './transaction-body.ts'

/** A transaction has come in: which systems it concerns, and whether a person has to look at it first. */
export function begin(
  definition: ProcessDefinition,
  event: Extract<ProcessRecorded, { kind: 'started' }>,
  order: number,
): Learnt {
  const { at, process, instance: id, reference, key, envelope, body, holds } = event
  const transaction = readTransaction(body)
  const started: ProcessStep = { at, what: 'started' }
  const held = holds.map(({ sentence }): ProcessStep => ({ at, what: 'held', words: sentence }))
  const instance: ProcessInstance = {
    process,
    id,
    reference,
    key,
    order,
    startedAt: at,
    stage: holds.length > 0 ? 'held' : 'open',
    messageId: id,
    envelope,
    body,
    holds,
    systems: systemsAtFirst(definition, transaction, at),
    alerts: 0,
    steps: [started, ...held],
  }
  return { instance, effects: acknowledgement(definition, instance, transaction) }
}

function acknowledgement(
  { acknowledgement: template }: ProcessDefinition,
  { id, process, reference }: ProcessInstance,
  { person, movedOn }: TransactionBody,
): readonly EmailEffect[] {
  if (template === null || person.emailAddress === undefined) return []
  const values: EmailValues<'acknowledgement'> = { reference, givenName: person.personGivenName, movedOn }
  return [
    {
      kind: 'email',
      id: `${id}.${process}.acknowledged`,
      process,
      instance: id,
      template,
      to: [person.emailAddress],
      values,
    },
  ]
}

/** Each system, before anybody was asked. */
export function systemsAtFirst(
  { systems }: ProcessDefinition,
  transaction: TransactionBody,
  at: string,
): ProcessInstance['systems'] {
  const entries = systems.map(({ label, service }): [string, SystemProgress] => {
    const state = concerns(transaction, service) ? 'withheld' : 'not-concerned'
    return [label, { state, since: at, attempt: 0, handedOver: false }]
  })
  return Object.fromEntries(entries)
}
