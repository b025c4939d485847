import { PortreeveError } from '@portreeve/errors'
import type { ReadOptions, ReadResult } from '@portreeve/log'
import type { KafkaConnection } from './connection.ts'
import { diagnose } from './diagnosis.ts'
import type { Ends } from './ends.ts'
import { inOurWords } from './errors.ts'
import type { RawOffset, Rdkafka } from './rdkafka.ts'
import { ReadingClient } from './reading-client.ts'

const defaultMaxRecords = 500
const defaultMaxBytes = 4 * 1024 * 1024

/** Reads without a group. Rejects in the log's words. */
export class Reader {
  readonly #rdkafka: Rdkafka
  readonly #connection: KafkaConnection
  readonly #ends: Ends
  /** Each reads a partition once at a time. */
  #clients: ReadingClient[] = []
  readonly #failing = new Set<Promise<void>>()
  #isClosed = false

  constructor(rdkafka: Rdkafka, connection: KafkaConnection, ends: Ends) {
    this.#rdkafka = rdkafka
    this.#connection = connection
    this.#ends = ends
  }

  /** The partition is there. */
  async read(options: ReadOptions): Promise<ReadResult> {
    for (let tries = 1; ; tries += 1) {
      options.signal?.throwIfAborted()
      const { topic, partition, from } = options
      const place = { topic, partition, offset: from }
      const client = this.#clientFor(place)
      try {
        return await this.#readFrom(client, place, options)
      } catch (error) {
        options.signal?.throwIfAborted()
        // It may have failed by another partition.
        if (client.hasFailed && !this.#isClosed && tries === 1) continue
        throw await diagnose(inOurWords(error, { ...this.#connection, topic }), this.#connection, [topic])
      } finally {
        client.release(place)
      }
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#clients.map((client) => client.close()), ...this.#failing])
  }

  async #readFrom(client: ReadingClient, place: RawOffset, options: ReadOptions): Promise<ReadResult> {
    const { maxRecords = defaultMaxRecords, maxBytes = defaultMaxBytes, waitMs = 0, signal } = options
    const limits = { maxRecords, maxBytes, signal }
    if (client.hasRecordsAt(place)) return await client.take(place, { ...limits, end: place.offset, waitMs: null })
    const end = client.isAt(place) && waitMs > 0 ? place.offset : await this.#endBeyond(place)
    signal?.throwIfAborted()
    return await client.take(place, { ...limits, end, waitMs: end > place.offset ? null : waitMs })
  }

  /** Where the partition ends. Rejects when the offset is outside of what is kept. */
  async #endBeyond({ topic, partition, offset }: RawOffset): Promise<number> {
    const { start, end } = await this.#ends.ofPartition({ topic, partition })
    if (offset < start) throw new PortreeveError('PRV_LOG_OFFSET_GONE', { topic, partition, offset, start })
    if (offset > end) throw new PortreeveError('PRV_LOG_OFFSET_BEYOND_END', { topic, partition, offset, end })
    return end
  }

  /** One that stands there already, else one that does not read this partition just now. */
  #clientFor(place: RawOffset): ReadingClient {
    this.#letGoFailed()
    const free = this.#clients.filter((client) => client.isFree(place))
    const found = free.find((client) => client.isAt(place)) ?? free[0] ?? this.#another()
    found.claim(place)
    return found
  }

  #letGoFailed(): void {
    const failed = this.#clients.filter((client) => client.hasFailed)
    if (failed.length === 0) return
    this.#clients = this.#clients.filter((client) => !client.hasFailed)
    for (const client of failed) {
      const closing = client.close().finally(() => this.#failing.delete(closing))
      this.#failing.add(closing)
    }
  }

  #another(): ReadingClient {
    const client = new ReadingClient(this.#rdkafka, this.#connection)
    this.#clients.push(client)
    return client
  }
}
