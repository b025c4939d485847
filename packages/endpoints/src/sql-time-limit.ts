import { setTimeout as sleep } from 'node:timers/promises'

/** Why a call was given up. */
export class GivenUp extends Error {
  readonly why: 'stopped' | 'too slow'

  constructor(why: 'stopped' | 'too slow') {
    super(why)
    this.why = why
  }
}

/** One end to all that a call does: its time is up, or it is told to stop. */
export class TimeLimit {
  readonly timeoutMs: number
  readonly #until: number
  readonly #signal: AbortSignal
  readonly #slow: AbortSignal

  constructor(timeoutMs: number, signals: readonly (AbortSignal | undefined)[]) {
    this.timeoutMs = timeoutMs
    this.#until = performance.now() + timeoutMs
    this.#slow = AbortSignal.timeout(Math.ceil(timeoutMs))
    this.#signal = AbortSignal.any([this.#slow, ...signals.filter((signal) => signal !== undefined)])
  }

  /** At least 1. */
  get leftMs(): number {
    return Math.max(1, Math.floor(this.#until - performance.now()))
  }

  /** Throws `GivenUp` from the end on. */
  check(): void {
    if (this.#signal.aborted) throw new GivenUp(this.#slow.aborted ? 'too slow' : 'stopped')
  }

  /** Rejects with `GivenUp` at the end, whatever becomes of `work`. */
  async race<T>(work: Promise<T>): Promise<T> {
    const { promise: end, reject } = Promise.withResolvers<never>()
    const giveUp = () => reject(new GivenUp(this.#slow.aborted ? 'too slow' : 'stopped'))
    this.#signal.addEventListener('abort', giveUp, { once: true })
    try {
      if (this.#signal.aborted) giveUp()
      return await Promise.race([work, end])
    } finally {
      this.#signal.removeEventListener('abort', giveUp)
    }
  }

  async pause(ms: number): Promise<void> {
    await this.race(sleep(Math.min(ms, this.leftMs)))
  }
}
