import type { Clock } from './clock.ts'
import type { Failure } from './failure-class.ts'
import { nextRetry, type Retry, type RetryPolicy } from './retry.ts'

export interface CircuitBreakerOptions {
  readonly clock: Clock
  readonly retry: RetryPolicy
  /** When it opens, and each time that a try has failed. */
  readonly onOpen?: (failure: Failure) => void
  /** Once when it opens, not for every failure afterwards. */
  readonly onPaused: (failure: Failure) => void
  /** Once when a try has succeeded. */
  readonly onResumed: () => void
}

/** The right to speak to the receiver once. Say what came of it, once. */
export interface Pass {
  /** The receiver answered. */
  succeeded(): void
  /** The receiver must be left alone. */
  failed(failure: Failure): void
  /** Nothing can be concluded. */
  undecided(): void
}

/**
 * Circuit Breaker (Nygard, Release It!) of one receiver, over all its partitions: while it is open everybody waits, and after each
 * back-off a single one tries; when that works, all go on.
 */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions
  #open: { readonly failure: Failure; readonly retry: Retry; readonly until: number } | null = null
  /** Settles when the one that tries has said what came of it. */
  #trial: PromiseWithResolvers<void> | null = null

  constructor(options: CircuitBreakerOptions) {
    this.#options = options
  }

  /** Why it is open, or `null`. */
  get paused(): Failure | null {
    return this.#open?.failure ?? null
  }

  /** When it is tried again, or `null`. */
  get retryAt(): Date | null {
    return this.#open && new Date(this.#open.until)
  }

  /** Opens it, or lets it wait longer. Without effect on the others while one of them tries. */
  pause(failure: Failure): void {
    if (this.#trial !== null) return
    const wasClosed = this.#open === null
    const { clock, retry: policy } = this.#options
    const retry = nextRetry(policy, this.#open?.retry ?? null, failure.retryAfterMs)
    this.#open = { failure, retry, until: clock.now().getTime() + retry.delayMs }
    this.#options.onOpen?.(failure)
    if (wasClosed) this.#options.onPaused(failure)
  }

  /** Waits until it is one's turn; `null` when the signal aborted first. */
  async enter(signal: AbortSignal): Promise<Pass | null> {
    while (!signal.aborted) {
      if (this.#open === null) return this.#passOf(null)
      if (this.#trial !== null) await settledOrAborted(this.#trial.promise, signal)
      else {
        const trial = Promise.withResolvers<void>()
        this.#trial = trial
        await this.#options.clock.sleep(this.#remainingMs(this.#open.until), signal)
        if (!signal.aborted) return this.#passOf(trial)
        this.#endTrial(trial)
      }
    }
    return null
  }

  #remainingMs(until: number): number {
    return Math.max(0, until - this.#options.clock.now().getTime())
  }

  #passOf(trial: PromiseWithResolvers<void> | null): Pass {
    return {
      succeeded: () => {
        // Only the one that tries may close it: an answer to something sent earlier proves nothing.
        if (trial !== null) {
          this.#open = null
          this.#options.onResumed()
        }
        this.#endTrial(trial)
      },
      failed: (failure) => {
        this.#endTrial(trial)
        // What was sent before it opened fails for the reason that is known already.
        if (trial !== null || this.#open === null) this.pause(failure)
      },
      undecided: () => this.#endTrial(trial),
    }
  }

  #endTrial(trial: PromiseWithResolvers<void> | null): void {
    if (trial === null) return
    if (this.#trial === trial) this.#trial = null
    trial.resolve()
  }
}

export async function settledOrAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<void>()
  const stop = () => aborted.resolve()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
