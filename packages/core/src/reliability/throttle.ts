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

  /** 0: so many may go, at once. Else the time until it is worth asking again, in milliseconds. */
  take(messages: number): number {
    if (this.#costMs === 0) return 0
    const now = this.#clock.now().getTime()
    if (now < this.#freeAt) return this.#freeAt - now
    this.#freeAt = now + messages * this.#costMs
    return 0
  }
}
