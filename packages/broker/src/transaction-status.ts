import { type Configuration, doorTypes } from '@portreeve/configuration'
import type { ProcessInstance } from '@portreeve/core'
import type { Ledger } from '@portreeve/ledger'
import type { ProcessStore } from '@portreeve/state'
import { readInstance } from './process/stored-instance.ts'

/** Where a transaction stands as a whole. */
export const transactionStates = ['received', 'held', 'in-progress', 'done', 'rejected', 'needs-a-person'] as const
export type TransactionState = (typeof transactionStates)[number]

/** Where it stands with one system. */
export const systemStates = ['waiting', 'delivered', 'confirmed', 'needs-a-person', 'not-concerned'] as const
export type SystemState = (typeof systemStates)[number]

/** What whoever brought a transaction may know of it: no personal data, and nothing of why a person has to look at it. */
export interface TransactionStatus {
  readonly reference: string
  /** RFC 3339, UTC. */
  readonly acceptedAt: string
  readonly state: TransactionState
  /** In plain words, for the citizen. */
  readonly sentence: string
  readonly systems: readonly {
    /** As citizens know it. */
    readonly system: string
    readonly state: SystemState
    /** RFC 3339, UTC. */
    readonly since: string
    readonly sentence: string
  }[]
}

export interface TransactionStatusParts {
  readonly ledger: Pick<Ledger, 'track'>
  readonly state: { readonly processes: Pick<ProcessStore, 'ofReference'> }
  readonly processes: Configuration['processes']
}

/** `null` for what the ledger does not know, or did not come in at the door. */
export async function transactionStatus(
  reference: string,
  { ledger, state: { processes: store }, processes }: TransactionStatusParts,
): Promise<TransactionStatus | null> {
  const message = ledger.track({ reference })?.message
  if (!message || !doorTypes.some((type) => type === message.type)) return null
  const json = store.ofReference(reference)
  const instance = json === null ? null : readInstance(json)
  const state = instance === null ? 'received' : stateOf(instance)
  return {
    reference: message.reference,
    acceptedAt: message.time.toISOString(),
    state,
    sentence: sentences[state],
    systems: instance === null ? [] : systemsOf(instance, processes),
  }
}

const sentences: Readonly<Record<TransactionState, string>> = {
  received: 'We have received what you told us. It is safe, and will be passed on.',
  held: 'We have received what you told us. A member of staff is looking at it before it is passed on.',
  'in-progress': 'We are passing on what you told us.',
  done: 'Every service that you asked us to tell has been told.',
  rejected: 'We could not accept what you told us. Please contact us and give your reference.',
  'needs-a-person': 'We have what you told us. For one of the services, a member of staff is dealing with it.',
}

function stateOf({ stage, systems }: ProcessInstance): TransactionState {
  if (stage === 'held' || stage === 'rejected') return stage
  const states = Object.values(systems).map(({ state }) => state)
  if (states.includes('needs-a-person')) return 'needs-a-person'
  return stage === 'ended' ? 'done' : 'in-progress'
}

function systemsOf(instance: ProcessInstance, processes: Configuration['processes']): TransactionStatus['systems'] {
  const { systems } = processes.find(({ name }) => name === instance.process) ?? { systems: [] }
  return Object.entries(instance.systems).map(([label, { state: at, since, isUnknown }]) => {
    const state = at === 'withheld' ? 'waiting' : at
    const service = systems.find((system) => system.label === label)?.service ?? label
    return {
      system: inWords(service),
      state,
      since,
      sentence: state === 'waiting' && isUnknown ? beingFoundOut : systemSentences[state],
    }
  })
}

const systemSentences: Readonly<Record<SystemState, string>> = {
  waiting: 'It has not been told yet.',
  delivered: 'It has been told, and has not yet said that it is done.',
  confirmed: 'It has been told, and it is done.',
  'needs-a-person': 'A member of staff is dealing with it.',
  'not-concerned': 'It was not to be told.',
}

const beingFoundOut = 'It has been sent, and we are finding out whether it has arrived.'

/** `council-tax` as people write it. */
function inWords(service: string): string {
  const words = service.replaceAll('-', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
