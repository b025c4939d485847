import { setImmediate } from 'node:timers/promises'
import { PortreeveError } from '@portreeve/errors'
import type { LogCapabilities } from '../capabilities.ts'
import type { Batch, BatchHandler, ConsumeOptions, Consumer, WriteSet } from '../consumer.ts'
import { unlessGivenUp } from '../given-up.ts'
import { changed, readMemory } from './memory-read.ts'
import type { MemoryPartition, MemoryStore } from './memory-store.ts'

export class MemoryConsumer implements Consumer {
  readonly done: Promise<void>
  readonly #store: MemoryStore
  readonly #capabilities: LogCapabilities
  readonly #stop = new AbortController()

  constructor(store: MemoryStore, capabilities: LogCapabilities, options: ConsumeOptions, handler: BatchHandler) {
    this.#store = store
    this.#capabilities = capabilities
    this.done = this.#run(options, handler)
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.done.catch(() => undefined)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #run(options: ConsumeOptions, handler: BatchHandler): Promise<void> {
    const { group, topics, startFrom } = options
    const places = topics.flatMap((topic) => this.#store.topic(topic).partitions)
    for (const place of places) {
      if (this.#store.position(group, place.topic, place.partition) !== undefined) continue
      this.#store.savePosition(group, { ...place, offset: startFrom === 'latest' ? place.end : place.start }, null)
    }
    const ended = await Promise.allSettled(
      places.map((place) => this.#consume(place, options, handler).finally(() => this.#stop.abort())),
    )
    const failed = ended.find((loop) => loop.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  async #consume(place: MemoryPartition, options: ConsumeOptions, handler: BatchHandler): Promise<void> {
    const { signal } = this.#stop
    const store = this.#store
    const share = `${options.group} ${place.topic}/${place.partition}`
    // Another may be quicker between the news and the next turn.
    while (store.taken.has(share) && !signal.aborted) {
      await changed(store, Number.POSITIVE_INFINITY, signal, () => !store.taken.has(share))
    }
    if (signal.aborted) return
    store.taken.add(share)
    try {
      const { topic, partition } = place
      const { prepare } = options
      if (prepare) await unlessGivenUp(() => prepare({ topic, partition, signal }), signal)
      // A handler that finishes nothing must not keep timers from running.
      for (; !signal.aborted; await setImmediate()) await this.#batch(place, options, handler)
    } finally {
      store.taken.delete(share)
      store.events.emit('changed')
    }
  }

  async #batch(place: MemoryPartition, options: ConsumeOptions, handler: BatchHandler): Promise<void> {
    const { signal } = this.#stop
    const { topic, partition } = place
    const { group, maxRecords, maxBytes, lingerMs = 0 } = options
    const { offset: from, metadata } = this.#store.position(group, topic, partition) ?? { offset: 0, metadata: null }
    const wanted = { from, maxRecords, maxBytes, lingerMs, waitMs: Number.POSITIVE_INFINITY }
    const { records, next } = await readMemory(this.#store, place, wanted, signal)
    if (signal.aborted) return
    const batch: Batch = { topic, partition, records, metadata, signal }
    const writeSet = await unlessGivenUp(() => handler(batch), signal)
    if (writeSet !== undefined) await this.#apply(writeSet, batch, next, group)
  }

  async #apply(writeSet: WriteSet, batch: Batch, next: number, group: string): Promise<void> {
    const { append, finished } = writeSet
    const metadata = writeSet.metadata ?? null
    const { topic, partition, records } = batch
    const { atomicWriteSet, positionMetadata } = this.#capabilities
    if (!Number.isInteger(finished) || finished < 0 || finished > records.length) {
      throw new TypeError(`finished is ${finished} of ${records.length}`)
    }
    const bytes = Buffer.byteLength(metadata ?? '')
    if (bytes > 4096) throw new PortreeveError('PRV_LOG_METADATA_TOO_LARGE', { group, bytes, limit: 4096 })
    if (atomicWriteSet) this.#store.append(append)
    else for (const record of append) this.#store.append([record])
    if (!atomicWriteSet) await setImmediate()
    const offset = records[finished]?.offset ?? next
    this.#store.savePosition(group, { topic, partition, offset }, positionMetadata ? metadata : null)
  }
}
