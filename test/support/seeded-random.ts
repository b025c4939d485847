import { createHash, randomInt } from 'node:crypto'

/** Numbers that look random and are the same for the same seed, so that a failing run can be had again. */
export class SeededRandom {
  #state: number

  constructor(seed: string | number) {
    this.#state = createHash('sha256').update(String(seed)).digest().readUInt32LE()
  }

  /** From 0 up to, not including, 1. The generator is Tommy Ettinger's mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** Both ends included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
    const chosen = choices[this.integer(0, choices.length - 1)]
    if (chosen === undefined) throw new TypeError('there is nothing to pick from')
    return chosen
  }
}

/** The seed of this run: a new one, or the one of `PORTREEVE_RESILIENCE_SEED` to have a run again. */
export function seedOfRun(): number {
  const given = process.env.PORTREEVE_RESILIENCE_SEED
  return given === undefined ? randomInt(1, 1_000_000_000) : Number(given)
}
