import type { Attempt, Attempts } from '../reliability/attempts.ts'
import type { ParkedEntry, ParkedFailure, ParkedMessages } from '../reliability/dead-letter-channel.ts'

interface Queue {
  released: boolean
  readonly entries: (Omit<ParkedEntry, 'failure'> & { failure: ParkedFailure | null })[]
}

/** Attempts and parked messages of one receiver, in memory: what survives when the process does not. */
export class RememberingStores {
  readonly open: (Attempt & { lane: string })[] = []
  readonly queues = new Map<string, Queue>()
  readonly dealtWith = new Set<string>()

  readonly attempts: Attempts = {
    begin: async (_receiver, topic, partition, attempt) => {
      const entry = { ...attempt, lane: `${topic}/${partition}` }
      const place = this.open.findIndex(({ batchId }) => batchId === attempt.batchId)
      if (place === -1) this.open.push(entry)
      else this.open[place] = entry
    },
    openAttempts: async (_receiver, topic, partition) =>
      this.open.filter(({ lane }) => lane === `${topic}/${partition}`),
    end: async (_receiver, batchId) => {
      const place = this.open.findIndex((attempt) => attempt.batchId === batchId)
      if (place !== -1) this.open.splice(place, 1)
    },
  }

  readonly parked: ParkedMessages = {
    park: async (_receiver, entries) => {
      for (const { failure = null, ...entry } of entries) this.#park(entry, failure)
    },
    parkedKeys: async (_receiver, keys) => new Set(keys.filter((key) => this.queues.has(key))),
    settled: async (_receiver, ids) => new Set(ids.filter((id) => this.dealtWith.has(id))),
    waiting: async (_receiver, ids) => {
      const entries = [...this.queues.values()].flatMap((queue) => queue.entries)
      const waiting = entries.filter(({ messageId }) => ids.includes(messageId))
      return new Map(waiting.map(({ messageId, failure }) => [messageId, failure]))
    },
  }

  #park(entry: Omit<ParkedEntry, 'failure'>, failure: ParkedFailure | null): void {
    const queue = this.queues.get(entry.key)
    const known = queue?.entries.find(({ messageId }) => messageId === entry.messageId)
    if (queue === undefined) {
      this.queues.set(entry.key, { released: failure === null, entries: [{ ...entry, failure }] })
    } else if (known === undefined) {
      queue.entries.push({ ...entry, failure })
      if (failure !== null) queue.released = false
    } else if (failure !== null && queue.released) {
      queue.entries.splice(queue.entries.indexOf(known), 1, { ...entry, failure })
      queue.released = false
    }
  }

  /** What a person does. */
  releaseAll(): void {
    for (const queue of this.queues.values()) queue.released = true
  }

  nextReleased() {
    const released = [...this.queues.values()].filter((queue) => queue.released).flatMap(({ entries }) => entries)
    return released.toSorted((a, b) => a.place.offset - b.place.offset)[0]
  }

  settle(messageId: string): void {
    for (const [key, queue] of this.queues) {
      const place = queue.entries.findIndex((entry) => entry.messageId === messageId)
      if (place === -1) continue
      queue.entries.splice(place, 1)
      this.dealtWith.add(messageId)
      if (queue.entries.length === 0) this.queues.delete(key)
    }
  }
}
