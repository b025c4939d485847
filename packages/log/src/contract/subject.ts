import { randomUUID } from 'node:crypto'
import type { LogCapabilities } from '../capabilities.ts'
import type { Batch, ConsumeOptions, WriteSet } from '../consumer.ts'
import type { Log } from '../log.ts'
import type { StoredRecord } from '../record.ts'
import type { TopicConfig } from '../topic.ts'
import type { LogHarness } from './log-harness.ts'

/** The log under examination, and what every examination needs. */
export class Subject implements AsyncDisposable {
  readonly capabilities: LogCapabilities
  readonly harness: LogHarness
  readonly patienceMs: number
  readonly #token = randomUUID().slice(0, 8)
  #log: Log

  private constructor(log: Log, capabilities: LogCapabilities, harness: LogHarness) {
    this.#log = log
    this.capabilities = capabilities
    this.harness = harness
    this.patienceMs = harness.patienceMs ?? 10_000
  }

  static async open(capabilities: LogCapabilities, harness: LogHarness): Promise<Subject> {
    return new Subject(await harness.open(), capabilities, harness)
  }

  get log(): Log {
    return this.#log
  }

  /** As a restart. */
  async reopen(): Promise<Log> {
    this.#log = await this.harness.reopen(this.#log)
    return this.#log
  }

  /** Makes a topic with a name of its own and returns the name. */
  async topic(name: string, config: Omit<TopicConfig, 'name'> = {}): Promise<string> {
    const unique = this.unique(name)
    await this.#log.createTopic({ name: unique, ...config })
    return unique
  }

  /** A name that no other test uses: of a group, or of a topic that does not exist. */
  unique(name: string): string {
    return `contract.${name}.${this.#token}`
  }

  /** Everything in a partition, from its start. */
  async everything(topic: string, partition = 0): Promise<StoredRecord[]> {
    const range = (await this.#log.ranges(topic)).find((each) => each.partition === partition)
    const records: StoredRecord[] = []
    for (let from = range?.start ?? 0; from < (range?.end ?? 0); ) {
      const { records: some, next } = await this.#log.read({ topic, partition, from })
      if (next <= from) throw new Error(`reading ${topic}/${partition} does not get past ${from}`)
      records.push(...some)
      from = next
    }
    return records
  }

  /**
   * Consumes until `enough` says so of all records handed out, then stops. The handler's answer is taken; without one
   * every batch is finished.
   */
  async consumeUntil(
    options: ConsumeOptions,
    enough: (records: readonly StoredRecord[]) => boolean,
    handler: (batch: Batch) => Promise<WriteSet> = finishAll,
  ): Promise<StoredRecord[]> {
    const records: StoredRecord[] = []
    const { promise: done, resolve } = Promise.withResolvers<void>()
    const consumer = this.#log.consume(options, async (batch) => {
      records.push(...batch.records)
      const writeSet = await handler(batch)
      if (enough(records)) resolve()
      return writeSet
    })
    try {
      await this.within(Promise.race([done, consumer.done]), 'the records to be handed out')
    } finally {
      await consumer.stop()
    }
    await consumer.done
    return records
  }

  /** Waits for what must come, but not for ever. */
  async within<T>(awaited: Promise<T>, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`waited ${this.patienceMs} ms for ${what}`)), this.patienceMs)
    })
    try {
      return await Promise.race([awaited, late])
    } finally {
      clearTimeout(timer)
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.within(this.#log.close(), 'the log to close')
  }
}

/** The handler that has nothing to do. */
export async function finishAll(batch: Batch): Promise<WriteSet> {
  return { append: [], finished: batch.records.length }
}

/** What a handler does that waits for a back office: never done, but it gives up when it is told to. */
export function unlessAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** For `consumeUntil`. */
export function atLeast(count: number): (records: readonly StoredRecord[]) => boolean {
  return (records) => records.length >= count
}

/** How many records there are; where offsets have gaps an engine may count these too. */
export function isCountOf({ capabilities }: Subject, records: number): (count: number) => boolean {
  return (count) => (capabilities.denseOffsets ? count === records : count >= records)
}
