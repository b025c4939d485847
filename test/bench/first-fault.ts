import type { BrokerListener } from '@portreeve/broker'

/** Rejects with the first thing that goes wrong in a broker, so that a bench ends instead of waiting for ever. */
export class FirstFault {
  readonly #fault = Promise.withResolvers<never>()

  constructor() {
    this.#fault.promise.catch(() => undefined)
  }

  /** Whatever is not delivered is a fault, too: nobody in a bench refuses. */
  get listener(): BrokerListener {
    return {
      failing: ({ what, sentence }) => this.#reject(`${what}: ${sentence}`),
      paused: ({ receiver, sentence }) => this.#reject(`${receiver} is left alone: ${sentence}`),
      refused: ({ route, sentence }) => this.#reject(`${route}: ${sentence}`),
      delivered: ({ receiver, outcomes }) => {
        const other = outcomes.find(({ state }) => state !== 'delivered')
        if (other) this.#reject(`${receiver}: ${other.state} ${other.code ?? ''}`)
      },
    }
  }

  /** What the work gives, unless something goes wrong before. */
  async orFault<T>(work: Promise<T>): Promise<T> {
    return await Promise.race([work, this.#fault.promise])
  }

  #reject(sentence: string): void {
    this.#fault.reject(new TypeError(sentence))
  }
}
