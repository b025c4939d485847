import { setTimeout as sleep } from 'node:timers/promises'

const minuteMs = 60_000

/** At most so many turns within any minute. */
export class Pace {
  readonly #maxPerMinute: number
  readonly #now: () => number
  /** When the turns of the last minute were taken, oldest first. */
  #taken: readonly number[] = []

  /** `now`: milliseconds of a clock that nobody sets. */
  constructor(maxPerMinute: number, now: () => number = () => performance.now()) {
    this.#maxPerMinute = maxPerMinute
    this.#now = now
  }

  /** How long the next turn is to be waited for, in milliseconds; 0: it is there. */
  get waitMs(): number {
    const [oldest = 0] = this.#taken.slice(-this.#maxPerMinute)
    return this.#taken.length < this.#maxPerMinute ? 0 : Math.max(0, oldest + minuteMs - this.#now())
  }

  /** Waits for a turn and takes it; false when the signal aborted first. */
  async turn(signal: AbortSignal): Promise<boolean> {
    for (let waitMs = this.waitMs; waitMs > 0; waitMs = this.waitMs) {
      await sleep(Math.ceil(waitMs), undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return false
    }
    this.#taken = [...this.#taken, this.#now()].slice(-this.#maxPerMinute)
    return true
  }
}
