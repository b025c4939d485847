import { setTimeout as wait } from 'node:timers/promises'

/** Time, so that tests need not wait. */
export interface Clock {
  now(): Date
  /** Resolves when the time is over, or at once when the signal aborts: never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(ms, signal) {
    try {
      await wait(ms, undefined, { signal })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  },
}
