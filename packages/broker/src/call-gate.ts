import { setTimeout as sleep } from 'node:timers/promises'
import { PortreeveError } from '@portreeve/errors'

/**
 * Lets calls to back offices through until it is closed: what is under way then may finish, and whoever comes later waits
 * until its signal aborts, with nothing sent.
 */
export class CallGate {
  #isOpen = true
  readonly #underWay = new Set<Promise<unknown>>()

  open(): void {
    this.#isOpen = true
  }

  close(): void {
    this.#isOpen = false
  }

  /** Rejects with `PRV_BROKER_STOPPING` when it was closed and the signal has aborted. */
  async pass<Result>(signal: AbortSignal, call: () => Promise<Result>): Promise<Result> {
    if (!this.#isOpen) {
      await aborted(signal)
      throw new PortreeveError('PRV_BROKER_STOPPING')
    }
    const underWay = call()
    this.#underWay.add(underWay)
    try {
      return await underWay
    } finally {
      this.#underWay.delete(underWay)
    }
  }

  /** Resolves when no call is under way any more, when the time is over or when the signal aborts, whichever comes first. */
  async idle(withinMs: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController()
    const late = sleep(withinMs, undefined, { signal: AbortSignal.any([signal, over.signal]) }).catch(() => undefined)
    await Promise.race([Promise.allSettled(this.#underWay), late])
    over.abort()
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
}
