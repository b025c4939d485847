import type { Cursors } from '@portreeve/state'

/**
 * One alert for each outage of a receiver. An outage lasts until the receiver answers, over restarts and changes of the configuration:
 * that it was told is kept in `state`, among the places that have been reached.
 */
export class OutageAlert {
  readonly #label: string
  readonly #cursors: Cursors

  constructor(receiver: string, cursors: Cursors) {
    this.#label = `outage of ${receiver}`
    this.#cursors = cursors
  }

  /** The receiver is paused: gives the alert, unless this outage has had one. */
  async begin(alert: () => Promise<unknown>): Promise<void> {
    if (await this.#wasTold()) return
    await alert()
    await this.#cursors.set(this.#label, 'told')
  }

  /** The receiver has answered. */
  async end(): Promise<void> {
    if (!(await this.#wasTold())) return
    await this.#cursors.set(this.#label, 'over')
  }

  async #wasTold(): Promise<boolean> {
    return (await this.#cursors.get(this.#label)) === 'told'
  }
}
