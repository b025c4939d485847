import { isPortreeveError } from '@portreeve/errors'
import type { Accepted } from './acceptance.ts'

/** What a person at the terminal may want to see while the broker works. No personal data. */
export interface BrokerListener {
  accepted?(event: Accepted & { label: string; type: string; fileName?: string }): void
  /** `bytesRead` never falls: a document is read twice, and `totalBytes` counts both. `done`: records that were published. */
  progress?(event: { route: string; reference: string; done: number; bytesRead: number; totalBytes: number }): void
  split?(event: { route: string; reference: string; reports: number; refused: number }): void
  refused?(event: { route: string; reference: string; sentence: string }): void
  delivered?(event: {
    receiver: string
    outcomes: readonly { messageId: string; state: string; code?: string }[]
  }): void
  paused?(event: { receiver: string; code: string; sentence: string; remedy: string }): void
  resumed?(event: { receiver: string }): void
  failing?(event: { what: string; code: string; sentence: string; remedy: string }): void
  recovered?(event: { what: string }): void
}

/** Tells the listeners, and each lasting fault once: a minute of normal running says nothing. */
export class BrokerEvents {
  readonly #listener: BrokerListener
  readonly #failing = new Map<string, string>()
  readonly #paused = new Map<string, { code: string; sentence: string; remedy: string }>()

  constructor(listener: BrokerListener = {}) {
    this.#listener = listener
  }

  /** What fails at the moment, with its code. */
  get failing(): ReadonlyMap<string, string> {
    return this.#failing
  }

  /** Receivers that are left alone at the moment, and why. */
  get pausedReceivers(): ReadonlyMap<string, { code: string; sentence: string; remedy: string }> {
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

  accepted: NonNullable<BrokerListener['accepted']> = (event) => this.#listener.accepted?.(event)
  progress: NonNullable<BrokerListener['progress']> = (event) => this.#listener.progress?.(event)
  split: NonNullable<BrokerListener['split']> = (event) => this.#listener.split?.(event)
  refused: NonNullable<BrokerListener['refused']> = (event) => this.#listener.refused?.(event)
  delivered: NonNullable<BrokerListener['delivered']> = (event) => this.#listener.delivered?.(event)

  paused: NonNullable<BrokerListener['paused']> = (event) => {
    const { receiver, ...why } = event
    this.#paused.set(receiver, why)
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
