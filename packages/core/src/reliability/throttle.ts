import type { Clock } from './clock.ts'

const minuteMs = 60_000

/** Spreads what goes to one receiver evenly over time: so many messages a minute, however many wait, over all partitions. */
export class Throttle {
  readonly #clock: Clock
  readonly #costMs: number
  #freeAt = 0

  /** `Infinity`: no limit. */
  constructor(clock: Clock, maxPerMinute: number) {
    this.#clock = clock
    this.#costMs = minuteMs / maxPerMinute
  }

  /** Resolves when it is the turn of so many more, or soon after the signal aborts. Turns are given in the order of the calls. */
  async wait(messages: number, signal: AbortSignal): Promise<void> {
    if (this.#costMs === 0) return
    const now = this.#clock.now().getTime()
    const turn = Math.max(now, this.#freeAt)
    this.#freeAt = turn + messages * this.#costMs
    if (turn > now) await this.#clock.sleep(turn - now, signal)
  }

  /** So many that had their turn do not go yet. */
  giveBack(messages: number): void {
    if (messages > 0) this.#freeAt -= messages * this.#costMs
  }
}
