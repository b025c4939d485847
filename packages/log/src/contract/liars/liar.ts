import type { LogCapabilities } from '../../capabilities.ts'
import type { Batch, BatchHandler, ConsumeOptions, Consumer, WriteSet } from '../../consumer.ts'
import type { Log } from '../../log.ts'
import type { LogRecord } from '../../record.ts'
import type { FlaggedPromise, LogPromise } from '../log-promise.ts'
import type { MemoryLog } from '../memory-log.ts'
import type { MemoryStore } from '../memory-store.ts'

/** An engine that breaks a promise, and the promise that must object. */
export interface Liar {
  /** What it does wrong: `swallows headers`. */
  readonly lie: string
  readonly breaks: LogPromise | FlaggedPromise
  /** Methods that replace the honest ones; `honest` are the ones that they replace. */
  readonly does?: (honest: Log, store: MemoryStore) => Partial<Log>
  /** What it does to the disk between two openings. */
  readonly onReopen?: (store: MemoryStore) => void
  /** What it claims; default: everything. */
  readonly claims?: LogCapabilities
  /** What it does, when that is another thing. */
  readonly behaviour?: LogCapabilities
}

/** Puts a liar's methods over an honest log's. */
export function corrupt(log: MemoryLog, does: Liar['does']): Log {
  const honest: Log = {
    capabilities: log.capabilities,
    createTopic: log.createTopic.bind(log),
    topics: log.topics.bind(log),
    compareTopics: log.compareTopics.bind(log),
    alignTopic: log.alignTopic.bind(log),
    ranges: log.ranges.bind(log),
    append: log.append.bind(log),
    consume: log.consume.bind(log),
    read: log.read.bind(log),
    positions: log.positions.bind(log),
    lag: log.lag.bind(log),
    groups: log.groups.bind(log),
    seek: log.seek.bind(log),
    enforceRetention: log.enforceRetention.bind(log),
    close: log.close.bind(log),
    [Symbol.asyncDispose]: log[Symbol.asyncDispose].bind(log),
  }
  return Object.assign(log, does?.(honest, log.store))
}

/** Changes every record on its way in. */
export const records = (change: (record: LogRecord, index: number) => LogRecord) => (honest: Log) => ({
  append: (all: readonly LogRecord[]) => honest.append(all.map(change)),
})

/** Changes what a group consumes. */
export const options = (change: (options: ConsumeOptions) => ConsumeOptions) => (honest: Log) => ({
  consume: (wanted: ConsumeOptions, handler: BatchHandler) => honest.consume(change(wanted), handler),
})

/** Changes the batches on their way to the handler. */
export const batches = (change: (batch: Batch) => Batch) => (honest: Log) => ({
  consume: (wanted: ConsumeOptions, handler: BatchHandler) => honest.consume(wanted, (batch) => handler(change(batch))),
})

/** Changes the write sets on their way back. */
export const writeSets = (change: (writeSet: WriteSet, batch: Batch) => WriteSet) => (honest: Log) => ({
  consume: (wanted: ConsumeOptions, handler: BatchHandler) =>
    honest.consume(wanted, async (batch) => change(await handler(batch), batch)),
})

/** Changes the running consumer. */
export const consumers = (change: (consumer: Consumer) => Partial<Consumer>) => (honest: Log) => ({
  consume: (wanted: ConsumeOptions, handler: BatchHandler): Consumer => {
    const consumer = honest.consume(wanted, handler)
    const stop = () => consumer.stop()
    return { done: consumer.done, stop, [Symbol.asyncDispose]: stop, ...change(consumer) }
  },
})

export function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
