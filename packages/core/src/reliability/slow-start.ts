/** Where so many may be under way at once, there is nothing left to be careful about. */
const fullWindow = 10_000

/** What was let go. */
export interface UnderWay {
  readonly messages: number
  /** Once. So many of them the receiver has answered; what it answers to what went before a pause proves nothing after it. */
  readonly end: (answered: number) => void
}

/**
 * How many messages may be under way to one receiver at once, over all its partitions, after it was paused: one at first, twice as
 * many with each round of answers, and beyond half of what it bore when it failed again one more with each round (slow start and
 * congestion avoidance, RFC 5681). No limit for one that was never paused, or has caught up to 10,000.
 */
export class SlowStart {
  #window = Number.POSITIVE_INFINITY
  #threshold = Number.POSITIVE_INFINITY
  #underWay = 0
  #starts = 0
  #changed = Promise.withResolvers<void>()

  /** The receiver was paused, or a try at it has failed. */
  restart(): void {
    if (this.#window > 1) this.#threshold = Math.max(1, this.#window / 2)
    this.#window = 1
    this.#starts += 1
  }

  /** How many of so many messages may go now; they are under way until its end. `whole`: all or none, and all when nothing else is. */
  begin(messages: number, whole = false): UnderWay | null {
    const room = Math.floor(this.#window) - this.#underWay
    const allowed = whole ? (messages <= room || this.#underWay === 0 ? messages : 0) : Math.min(messages, room)
    if (allowed <= 0) return null
    this.#underWay += allowed
    const start = this.#starts
    return { messages: allowed, end: (answered) => this.#end(allowed, start === this.#starts ? answered : 0) }
  }

  #end(messages: number, answered: number): void {
    this.#underWay -= messages
    this.#window += this.#window < this.#threshold ? answered : answered / this.#window
    if (this.#window >= fullWindow) this.#window = this.#threshold = Number.POSITIVE_INFINITY
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }

  /** Settles with the next `end`. */
  get changed(): Promise<void> {
    return this.#changed.promise
  }
}
