import type { LogRecord } from '@portreeve/log'
import type { Ends } from './ends.ts'
import type { Producer } from './producer.ts'
import type { Reader } from './reader.ts'

/** Ours alone: nobody's records. */
export const notedTopic = 'portreeve.log.noted'

/**
 * What the engine itself keeps, in a compacted topic: retention of topics, and the places inside long steps, which are written in the
 * transaction of the position that they belong to. The last value of a key counts.
 */
export class Kept {
  readonly topic: string
  readonly #ends: Ends
  readonly #reader: Reader
  readonly #producer: Producer
  readonly #values = new Map<string, string>()
  #next = 0
  #reading: Promise<void> | null = null

  constructor(ends: Ends, reader: Reader, producer: Producer, topic: string) {
    this.topic = topic
    this.#ends = ends
    this.#reader = reader
    this.#producer = producer
  }

  /** As of the last `catchUp`. */
  get(key: string): string | null {
    return this.#values.get(key) ?? null
  }

  async set(key: string, value: string): Promise<void> {
    await this.#producer.write([this.record(key, value)])
    this.#values.set(key, value)
  }

  /** The record that keeps a value, to be written together with others. */
  record(key: string, value: string): LogRecord {
    const encoder = new TextEncoder()
    return { topic: this.topic, partition: 0, key: encoder.encode(key), value: encoder.encode(value), headers: [] }
  }

  /** Resolves when everything that was committed before the call is known. */
  async catchUp(): Promise<void> {
    // One that has begun may have missed the last of it.
    await this.#reading
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null
    })
    await this.#reading
  }

  async #read(): Promise<void> {
    const place = { topic: this.topic, partition: 0 }
    const { start, end } = await this.#ends.ofPartition(place)
    this.#next = Math.max(this.#next, start)
    while (this.#next < end) {
      const { records, next } = await this.#reader.read({ ...place, from: this.#next, maxRecords: 10_000 })
      for (const { key, value } of records) {
        const name = key === null ? '' : new TextDecoder().decode(key)
        if (value === null) this.#values.delete(name)
        else this.#values.set(name, new TextDecoder().decode(value))
      }
      if (next <= this.#next) return
      this.#next = next
    }
  }
}
