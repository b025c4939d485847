import { setTimeout as sleep } from 'node:timers/promises'
import type { Ends } from './ends.ts'
import type { PartitionWork } from './partition-work.ts'

/** Barks when a partition has records, and its reader has room for them, but is handed none for too long. */
export class Watchdog {
  readonly #ends: Ends
  readonly #patienceMs: number
  readonly #bark: () => void
  /** How far partitions had got when they were looked at last and had more to come. */
  readonly #behind = new Map<PartitionWork, number>()

  constructor(ends: Ends, patienceMs: number, bark: () => void) {
    this.#ends = ends
    this.#patienceMs = patienceMs
    this.#bark = bark
  }

  start(work: () => Iterable<PartitionWork>, signal: AbortSignal): void {
    void this.#watch(work, signal)
  }

  async #watch(work: () => Iterable<PartitionWork>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(this.#patienceMs, undefined, { signal, ref: false }).catch(() => undefined)
      // A cluster that cannot be asked is no reason to begin anew.
      for (const each of work()) if (await this.#isStuck(each).catch(() => false)) this.#bark()
    }
  }

  async #isStuck(work: PartitionWork): Promise<boolean> {
    const { reached, isIdle } = work
    const before = this.#behind.get(work)
    this.#behind.delete(work)
    if (!isIdle) return false
    const { end } = await this.#ends.ofPartition(work)
    if (end <= reached || work.reached !== reached) return false
    this.#behind.set(work, reached)
    return before === reached
  }
}
