import type { Candidate } from '@portreeve/model'

/** Where one back office is with a transaction. `withheld`: an earlier one of the same key has to go first. */
export type SystemState = 'withheld' | 'waiting' | 'delivered' | 'confirmed' | 'needs-a-person' | 'not-concerned'

export interface SystemProgress {
  readonly state: SystemState
  readonly since: string
  /** How often it was asked; part of the request's id. 0: not yet. */
  readonly attempt: number
  /** The system has taken this attempt, whatever it says of it later. */
  readonly handedOver: boolean
  /** It was sent this attempt, and nobody could say yet whether it took it: it is asked. */
  readonly isUnknown?: boolean
  readonly code?: string
  /** In its own words, or in those of who dealt with it. May be personal data. */
  readonly words?: string
  /** Its word for what it took. */
  readonly proof?: string
  readonly systemReference?: string
  readonly candidates?: readonly Candidate[]
  /** Whom a person chose among the candidates. */
  readonly personReference?: string
  /** With `delivered`: when a person is called, if it has not confirmed by then. */
  readonly confirmBy?: string
}

/** Nothing more is to happen there. */
export function isDone({ state, confirmBy }: SystemProgress): boolean {
  if (state === 'delivered') return confirmBy === undefined
  return state === 'confirmed' || state === 'not-concerned'
}

/** Something that happened, for the time line. */
export interface ProcessStep {
  readonly at: string
  readonly what:
    | 'started'
    | 'held'
    | 'approved'
    | 'rejected'
    | 'corrected'
    | 'requested'
    | 'delivered'
    | 'unknown'
    | 'in-progress'
    | 'confirmed'
    | 'resolved'
    | 'needs-a-person'
  readonly system?: string
  readonly words?: string
  readonly by?: string
  readonly why?: string
  /** With `resolved`: whom the person who decided has chosen, by the system's own reference. */
  readonly personReference?: string
}

/** `held`: a person has to decide. `open`: decided, and some system is not done. `ended`: nothing more happens by itself. */
export type ProcessStage = 'held' | 'open' | 'ended' | 'rejected'

/** One transaction under way. A fold of what the process's topic says of it. */
export interface ProcessInstance {
  readonly process: string
  readonly id: string
  readonly reference: string
  readonly key: string
  /** Rises with each instance of a key: those that began earlier come first, however often they were over. */
  readonly order: number
  readonly startedAt: string
  readonly stage: ProcessStage
  /** Id of the message whose body counts: the first one, or the last correction. */
  readonly messageId: string
  /** Of the message that it began with, JSON. */
  readonly envelope: string
  /** The canonical message, JSON; `null` once nothing more is to be sent. Personal data. */
  readonly body: string | null
  readonly holds: readonly {
    readonly rule: string
    readonly sentence: string
    readonly candidates?: readonly Candidate[]
  }[]
  readonly systems: Readonly<Record<string, SystemProgress>>
  /** E-mails to administrators so far: part of an e-mail's id. */
  readonly alerts: number
  /** Oldest first, the last 200. */
  readonly steps: readonly ProcessStep[]
}

const longestStory = 200

export function withSystem(
  instance: ProcessInstance,
  label: string,
  progress: SystemProgress,
  step: ProcessStep | null,
): ProcessInstance {
  const systems = { ...instance.systems, [label]: progress }
  return withStep({ ...instance, systems }, step)
}

export function withStep(instance: ProcessInstance, step: ProcessStep | null): ProcessInstance {
  return step === null ? instance : { ...instance, steps: [...instance.steps, step].slice(-longestStory) }
}
