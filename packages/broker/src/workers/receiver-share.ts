import { isPortreeveError } from '@portreeve/errors'
import type { GivenPartition } from '@portreeve/log'
import type { Acceptance } from '../acceptance.ts'
import type { Sorted } from '../finished-records.ts'
import { placeOf } from '../message-record.ts'
import type { Workers } from './workers.ts'

export interface ReceiverShareParts {
  readonly workers: Pick<Workers, 'take' | 'confirm'>
  readonly areFirst: Acceptance['areFirst']
}

/** A receiver's part among several workers: which partitions are its own, and which records copies. */
export class ReceiverShare {
  readonly #receiver: string
  readonly #parts: ReceiverShareParts
  readonly #held = new Set<GivenPartition>()

  constructor(receiver: string, parts: ReceiverShareParts) {
    this.#receiver = receiver
    this.#parts = parts
  }

  /** Partitions whose messages this worker may send. */
  get held(): readonly GivenPartition[] {
    return [...this.#held]
  }

  async hold(given: GivenPartition): Promise<void> {
    await this.#parts.workers.take(this.#receiver, given)
    if (given.signal.aborted) return
    this.#held.add(given)
    given.signal.addEventListener('abort', () => this.#held.delete(given), { once: true })
  }

  /** Whether these still are this worker's to tell of: one that was held up for long may not know that they are not. */
  async isHeld(places: readonly Pick<GivenPartition, 'topic' | 'partition'>[]): Promise<boolean> {
    const distinct = new Map(places.map((place) => [`${place.topic}/${place.partition}`, place]))
    try {
      for (const place of distinct.values()) await this.#parts.workers.confirm(this.#receiver, place)
      return true
    } catch (error) {
      if (isPortreeveError(error, 'PRV_LOG_PARTITION_MOVED')) return false
      throw error
    }
  }

  /** What two workers have taken in under one id is sent once: nothing is done about the second. */
  async withoutCopies(sorted: readonly Sorted[]): Promise<readonly Sorted[]> {
    const fromOutside = sorted.flatMap((entry) => {
      const { envelope } = entry.send?.canonical ?? {}
      const isFromOutside = envelope && envelope.causationId === undefined && envelope.replayOf === undefined
      return entry.send && isFromOutside ? [{ entry, envelope, place: placeOf(entry.send.place) }] : []
    })
    const copies = new Set<Sorted>()
    for (const [type, messages] of Map.groupBy(fromOutside, ({ envelope }) => envelope.type)) {
      const areFirst = await this.#parts.areFirst(type, messages)
      for (const [index, { entry }] of messages.entries()) if (!areFirst[index]) copies.add(entry)
    }
    return sorted.map((entry) => (copies.has(entry) ? {} : entry))
  }
}
