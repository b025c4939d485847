import type { Status, Transaction } from '@portreeve/broker'
import { day } from '../text/moment.ts'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { whyOf } from '../transaction-matters.ts'
import { type Look, time } from './look.ts'

export type System = Transaction['systems'][number]
type Step = Transaction['steps'][number]
type Pause = NonNullable<Status['receivers'][number]['paused']>

/** Receivers that are left alone at the moment, by the label of their adapter. */
export type Paused = ReadonlyMap<string, Pause>

/** Where a transaction stands as a whole: `now ...`. */
export function standing({ stage, systems }: Transaction, { style }: Look): string {
  if (stage === 'held') return style.bad('waits for a decision')
  if (stage === 'rejected') return style.bad('rejected')
  const needing = systems.filter(({ state }) => state === 'needs-a-person').map(({ system }) => system)
  if (needing.length > 0) return style.bad(`needs a person for ${needing.join(', ')}`)
  return stage === 'ended' ? style.good('done') : style.wait('under way')
}

/** The state of one system, in its colour. */
export function systemState({ state }: System, { stage }: Transaction, { style }: Look): string {
  switch (state) {
    case 'withheld':
      return stage === 'rejected' ? style.faint('not told') : style.wait('waiting')
    case 'waiting':
      return style.wait('waiting')
    case 'needs-a-person':
      return style.bad('needs a person')
    case 'not-concerned':
      return style.faint('not concerned')
    default:
      return style.good(state)
  }
}

/** What there is to say of one system, and what happens next. */
export function systemSentence(system: System, transaction: Transaction, look: Look, paused?: Paused): string {
  const { systemReference, proof } = system
  const words = whyOf(system)
  const theirs = systemReference ?? proof
  const sentences = [
    ...(theirs === undefined || theirs === '' ? [] : [`their reference ${theirs}`]),
    ...(words === '' ? [] : [byHand(system, transaction) ?? words]),
    nextOf(system, transaction, look, paused),
  ]
  return printable(
    sentences
      .filter(Boolean)
      .map((sentence) => sentence.replace(/\.$/, ''))
      .join('; '),
  )
}

function nextOf(system: System, { stage }: Transaction, look: Look, paused?: Paused): string {
  switch (system.state) {
    case 'withheld':
      if (stage === 'rejected') return ''
      return stage === 'held' ? 'is told once it is decided' : 'waits behind an earlier change'
    case 'waiting':
      return asked(system, look, paused?.get(system.system))
    case 'delivered':
      return system.confirmBy === undefined
        ? 'it does not confirm'
        : `a person is called if it has not confirmed by ${lastDay(system.confirmBy, look)}`
    case 'needs-a-person':
      return mayBeMeant(system.candidates?.length ?? 0, system.code)
    case 'confirmed':
      return ''
    case 'not-concerned':
      return 'it was not to be told'
  }
}

function asked({ attempt, isUnknown }: System, look: Look, paused?: Pause): string {
  if (paused) {
    const maybe = isUnknown ? 'it is not known whether it has it; ' : ''
    return `${maybe}cannot be reached since ${time(paused.since, look)}, and is tried again by itself`
  }
  if (isUnknown) return 'was sent it, and it is not known whether it has it; that is being found out'
  return attempt > 1
    ? 'was asked again, and has not said yet that it has it'
    : 'was asked, and has not said yet that it has it'
}

/** `confirmBy` is the midnight after the last day. */
function lastDay(confirmBy: string, { clock }: Look): string {
  return day(new Date(Date.parse(confirmBy) - 1), { ...clock, timeZone: 'Europe/London' })
}

/** Candidates of a system in which nobody matches are those who come close. */
export function mayBeMeant(candidates: number, code?: string): string {
  if (candidates === 0) return ''
  const persons = count(candidates, 'person', 'persons')
  const isClose = code === 'PRV_ADAPTER_PERSON_NOT_FOUND' || code === 'no-match'
  return isClose
    ? `${persons} ${candidates === 1 ? 'comes' : 'come'} close, and may be meant`
    : `${persons} may be meant`
}

function byHand({ system, state, words }: System, { steps }: Transaction): string | null {
  const last = steps.findLast((step) => step.system === system)
  return state === 'confirmed' && last?.what === 'resolved' ? `${last.by} dealt with it by hand: ${words}` : null
}

/** What a step of the process is called in the story. */
export const stepWords: Readonly<Record<Step['what'], string>> = {
  started: 'accepted',
  held: 'held',
  approved: 'approved',
  rejected: 'rejected',
  corrected: 'corrected',
  requested: 'asked',
  delivered: 'delivered',
  unknown: 'unknown',
  'in-progress': 'in progress',
  confirmed: 'confirmed',
  resolved: 'resolved',
  'needs-a-person': 'needs a person',
}

/** A step of the process for people who never saw the inside. */
export function stepSentence({ what, system = '', words = '', by = '', why = '', personReference }: Step): string {
  const said = words === '' ? '.' : `: ${words}`
  switch (what) {
    case 'started':
      return 'Taken up.'
    case 'held':
      return `Waits for a decision${said}`
    case 'approved':
      return `${by} let it go on: ${why}`
    case 'rejected':
      return `${by} rejected it: ${why}`
    case 'corrected':
      return `${by} corrected it and let it go on: ${why}`
    case 'requested':
      return `${system} is asked to take it over.`
    case 'delivered':
      return words === '' ? `${system} has it.` : `${system} has it, under ${words}.`
    case 'unknown':
      return `It is not known whether ${system} took it; that is asked before anything is sent again.`
    case 'in-progress':
      return `${system} works on it${said}`
    case 'confirmed':
      return `${system} has done it${said}`
    case 'resolved':
      return personReference === undefined
        ? `${by} dealt with ${system}: ${why}`
        : `${by} chose ${personReference} at ${system}: ${why}`
    case 'needs-a-person':
      return `A person is needed for ${system}${said}`
  }
}
