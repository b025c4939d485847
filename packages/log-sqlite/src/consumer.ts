import type { BatchHandler, ConsumeOptions, Consumer, RecordPosition } from '@portreeve/log'
import { consumePartition } from './consume-partition.ts'
import type { Producer } from './producer.ts'
import type { GroupPosition } from './protocol.ts'
import type { Reader } from './reader.ts'
import type { Share, Shares } from './shares.ts'

/** What a consumer leans on. */
export interface ConsumerParts {
  readonly reader: Reader
  readonly producer: Producer
  readonly shares: Shares
  /** The partitions of the topics; gives the group a position where it has none. */
  readonly join: (options: ConsumeOptions) => Promise<readonly RecordPosition[]>
  readonly position: (share: Share) => Promise<GroupPosition>
}

/** A running consumer: one loop for each partition of its topics. */
export class SqliteConsumer implements Consumer {
  readonly done: Promise<void>
  readonly #stop = new AbortController()

  constructor(parts: ConsumerParts, options: ConsumeOptions, handler: BatchHandler) {
    this.done = this.#run(parts, options, handler)
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    // An error is told through `done`; here it only means that the consumer has ended.
    await this.done.catch(() => undefined)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #run(parts: ConsumerParts, options: ConsumeOptions, handler: BatchHandler): Promise<void> {
    const { signal } = this.#stop
    const { group } = options
    const ended = await Promise.allSettled(
      (await parts.join(options)).map(async ({ topic, partition }) => {
        const share = { group, topic, partition }
        if (!(await parts.shares.claim(share, signal))) return
        try {
          await consumePartition(parts, options, handler, share, signal)
        } finally {
          parts.shares.release(share)
          // One partition's error ends them all.
          this.#stop.abort()
        }
      }),
    )
    const failed = ended.find((loop) => loop.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }
}
