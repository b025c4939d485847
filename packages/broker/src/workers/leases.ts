import { type Consumer, type GivenPartition, type Log, partitionForKey } from '@portreeve/log'

/** Has no records: who is given one of its partitions holds the leases that belong there. */
export const leaseTopic = 'portreeve.lease.granted'
export const leasePartitions = 12
export const leaseGroup = 'portreeve:leases'

interface Given {
  readonly signal: AbortSignal
  readonly works: Set<Promise<void>>
}

/**
 * Leases by the assignment of a consumer group: the log's own way of telling who is alive decides who works on what. A partition is
 * given up when all that runs under its leases has ended.
 */
export class Leases {
  readonly #given = new Map<number, Given>()
  readonly #wanting = new Set<() => void>()

  /** A member of the group, from now until it is stopped. */
  consume(log: Log): Consumer {
    const prepare = ({ partition, signal }: GivenPartition) => this.#give(partition, signal)
    return log.consume({ group: leaseGroup, topics: [leaseTopic], prepare }, async ({ records }) => {
      return { append: [], finished: records.length }
    })
  }

  /** Runs `work` whenever this worker has the lease, until it ends by itself or the signal is aborted. */
  async run(name: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const partition = partitionForKey(new TextEncoder().encode(name), leasePartitions)
    while (!signal.aborted) {
      const given = this.#given.get(partition)
      if (!given) {
        await this.#change(signal)
        continue
      }
      const working = work(AbortSignal.any([signal, given.signal]))
      const ended = working.catch(() => undefined)
      given.works.add(ended)
      try {
        await working
        if (!given.signal.aborted) return
      } catch (error) {
        if (!given.signal.aborted && !signal.aborted) throw error
      } finally {
        given.works.delete(ended)
      }
    }
  }

  async #give(partition: number, signal: AbortSignal): Promise<void> {
    const given: Given = { signal, works: new Set() }
    this.#given.set(partition, given)
    for (const wake of this.#wanting) wake()
    await aborted(signal)
    this.#given.delete(partition)
    await Promise.all(given.works)
  }

  /** Resolves when a partition has been given, or the signal is aborted. */
  async #change(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wanting.add(resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
    await promise
    this.#wanting.delete(resolve)
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
