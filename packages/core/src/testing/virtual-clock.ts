import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../reliability/clock.ts'

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** Turns of the event loop after which whatever could go on has gone on. */
const turns = 20

/** A clock of its own: when everybody sleeps, it goes on to whoever wakes first. */
export class VirtualClock implements Clock {
  readonly #start = Date.parse('2026-03-01T09:30:00Z')
  #ms = this.#start
  #sleepers: Sleeper[] = []

  now(): Date {
    return new Date(this.#ms)
  }

  /** Milliseconds since it began. */
  get passed(): number {
    return this.#ms - this.#start
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#sleepers.push({ at: this.#ms + ms, wake: resolve })
    signal.addEventListener('abort', () => resolve(), { once: true })
    return promise
  }

  /** Runs until the work is over; rejects when all sleep for ever. */
  async run<Result>(work: Promise<Result>): Promise<Result> {
    let isOver = false
    const over = () => {
      isOver = true
    }
    work.then(over, over)
    while (!isOver) {
      for (let turn = 0; turn < turns && !isOver; turn += 1) await setImmediate()
      if (isOver) break
      this.#sleepers.sort((one, other) => one.at - other.at)
      const next = this.#sleepers.shift()
      if (next === undefined) throw new Error('everybody waits, and nobody for a time')
      this.#ms = Math.max(this.#ms, next.at)
      next.wake()
    }
    return await work
  }
}
