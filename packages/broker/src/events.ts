import { isPortreeveError } from '@portreeve/errors'
import type { Accepted } from './acceptance.ts'

/** How far a document under way is. It is read twice: checked to its end, then split; each is a phase of its own. */
export interface FileProgress {
  readonly route: string
  readonly reference: string
  readonly fileName: string
  readonly phase: 'checking' | 'splitting'
  /** In this phase, of the file's `totalBytes`. Never falls, unless a fault has the file read again. */
  readonly bytesRead: number
  readonly totalBytes: number
  /** Of the bytes, 0 to 100, rounded down. */
  readonly percent: number
  /** Records that were split off; 0 while checking. */
  readonly done: number
  /** Until the end of this phase, by its pace of the last while; `null` before that can be told. */
  readonly secondsLeft: number | null
}

/** What a person at the terminal may want to see while the broker works. No personal data. */
export interface BrokerListener {
  accepted?(event: Accepted & { label: string; type: string; fileName?: string }): void
  progress?(event: FileProgress): void
  split?(event: { route: string; reference: string; reports: number; refused: number }): void
  refused?(event: { route: string; reference: string; sentence: string }): void
  /** What became of messages at a receiver; those that its filter leaves out are not told of. */
  delivered?(event: {
    receiver: string
    outcomes: readonly { messageId: string; reference?: string | undefined; state: string; code?: string }[]
  }): void
  /** A record that nobody can take for a message was moved to the Invalid Message Channel; `place`: where it stands. */
  invalid?(event: { receiver: string; place: string; code: string; sentence: string; remedy: string }): void
  paused?(event: { receiver: string; code: string; sentence: string; remedy: string }): void
  resumed?(event: { receiver: string }): void
  failing?(event: { what: string; code: string; sentence: string; remedy: string }): void
  recovered?(event: { what: string }): void
  /** Another configuration was taken over; both by their versions. */
  tookOver?(event: { version: string; before: string }): void
}

/** What is counted: some of what is told, and what nobody need be told of one by one. */
export interface CountedEvents extends Pick<BrokerListener, 'accepted' | 'delivered'> {
  /** Messages were sent, and nobody knows whether they were taken. */
  unknown?(event: { receiver: string; messages: number }): void
}

/** What fails whatever the configuration says. */
const outlasting: ReadonlySet<string> = new Set(['door', 'disk', 'telemetry'])

/** Why a receiver is left alone, and since when. */
export interface Pause {
  readonly code: string
  readonly sentence: string
  readonly remedy: string
  readonly since: string
}

/** Tells the listeners, and each lasting fault once: a minute of normal running says nothing. */
export class BrokerEvents {
  readonly #listener: BrokerListener
  readonly #counted: CountedEvents
  readonly #failing = new Map<string, string>()
  readonly #underWay = new Map<string, FileProgress>()
  readonly #paused = new Map<string, Pause>()

  constructor(listener: BrokerListener = {}, counted: CountedEvents = {}) {
    this.#listener = listener
    this.#counted = counted
  }

  /** What fails at the moment, with its code. */
  get failing(): ReadonlyMap<string, string> {
    return this.#failing
  }

  /** How far each document is that is being checked or split. */
  get underWay(): readonly FileProgress[] {
    return [...this.#underWay.values()]
  }

  /** Receivers that are left alone at the moment, and why. */
  get pausedReceivers(): ReadonlyMap<string, Pause> {
    return this.#paused
  }

  failed(what: string, error: unknown): void {
    const told = describe(error)
    if (this.#failing.get(what) === told.code) return
    this.#failing.set(what, told.code)
    this.#listener.failing?.({ what, ...told })
  }

  recovered(what: string): void {
    if (this.#failing.delete(what)) this.#listener.recovered?.({ what })
  }

  /** What failed, was paused or under way under the configuration before is told anew where it lasts. */
  forgetWork(): void {
    for (const what of [...this.#failing.keys()]) if (!outlasting.has(what)) this.recovered(what)
    this.#paused.clear()
    this.#underWay.clear()
  }

  tookOver: NonNullable<BrokerListener['tookOver']> = (event) => this.#listener.tookOver?.(event)

  accepted: NonNullable<BrokerListener['accepted']> = (event) => {
    this.#counted.accepted?.(event)
    this.#listener.accepted?.(event)
  }

  unknown: NonNullable<CountedEvents['unknown']> = (event) => this.#counted.unknown?.(event)

  /** Field by field: reasons and proofs are in others' words, and what a person wrote about a dead letter names people. */
  delivered: NonNullable<BrokerListener['delivered']> = ({ receiver, outcomes }) => {
    const told = outcomes.map(({ messageId, reference, state, code }) => ({
      messageId,
      ...(reference !== undefined && { reference }),
      state,
      ...(code !== undefined && { code }),
    }))
    this.#counted.delivered?.({ receiver, outcomes: told })
    const concerned = told.filter(({ state }) => state !== 'not-concerned')
    if (concerned.length > 0) this.#listener.delivered?.({ receiver, outcomes: concerned })
  }

  progress: NonNullable<BrokerListener['progress']> = (event) => {
    this.#underWay.set(event.reference, event)
    this.#listener.progress?.(event)
  }

  split: NonNullable<BrokerListener['split']> = (event) => {
    this.#underWay.delete(event.reference)
    this.#listener.split?.(event)
  }

  refused: NonNullable<BrokerListener['refused']> = (event) => {
    this.#underWay.delete(event.reference)
    this.#listener.refused?.(event)
  }

  invalid: NonNullable<BrokerListener['invalid']> = (event) => this.#listener.invalid?.(event)

  paused: NonNullable<BrokerListener['paused']> = (event) => {
    const { receiver, ...why } = event
    this.#paused.set(receiver, { ...why, since: new Date().toISOString() })
    this.#listener.paused?.(event)
  }

  resumed: NonNullable<BrokerListener['resumed']> = (event) => {
    this.#paused.delete(event.receiver)
    this.#listener.resumed?.(event)
  }
}

/** An error for people; the text of a foreign error may hold anything, so only its name is shown. */
export function describe(error: unknown): { code: string; sentence: string; remedy: string } {
  if (isPortreeveError(error)) return { code: error.code, sentence: error.message, remedy: error.remedy }
  const name = error instanceof Error ? error.name : typeof error
  return {
    code: 'PRV_BROKER_UNEXPECTED',
    sentence: `Something unforeseen happened (${name}).`,
    remedy: 'Run again with --debug and report what it prints.',
  }
}
