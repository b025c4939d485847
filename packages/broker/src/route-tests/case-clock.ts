const dayBegins = 'T09:00:00Z'

/** The time of a case: it begins on a day of its own, goes on as the machine's does, and can be put forward. */
export class CaseClock {
  #aheadMs: number

  /** @param at YYYY-MM-DD; default: now. */
  constructor(at?: string) {
    this.#aheadMs = at === undefined ? 0 : Date.parse(`${at}${dayBegins}`) - Date.now()
  }

  readonly now = (): Date => new Date(Date.now() + this.#aheadMs)

  goOnTo(moment: Date): void {
    this.#aheadMs += Math.max(0, moment.getTime() - this.now().getTime())
  }
}
