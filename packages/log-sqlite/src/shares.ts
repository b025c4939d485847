/** One partition of a group. */
export interface Share {
  readonly group: string
  readonly topic: string
  readonly partition: number
}

/**
 * Which partitions of a group are taken. A folder has one owner, so all consumers of a group are in this process: the
 * first to come has all partitions, and another takes over as soon as it stops.
 */
export class Shares {
  /** For each share that is taken: who waits for it. */
  readonly #waiting = new Map<string, (() => void)[]>()

  /** Resolves with true once the share is the caller's, or with false when the signal comes first. */
  async claim(share: Share, signal: AbortSignal): Promise<boolean> {
    const key = keyOf(share)
    while (!signal.aborted) {
      const queue = this.#waiting.get(key)
      if (queue === undefined) {
        this.#waiting.set(key, [])
        return true
      }
      const { promise, resolve } = Promise.withResolvers<void>()
      queue.push(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
      await promise
    }
    return false
  }

  release(share: Share): void {
    const key = keyOf(share)
    const queue = this.#waiting.get(key) ?? []
    this.#waiting.delete(key)
    for (const wake of queue) wake()
  }
}

function keyOf({ group, topic, partition }: Share): string {
  return JSON.stringify([group, topic, partition])
}
