import { PortreeveError } from '@portreeve/errors'
import type { BatchHandler, ConsumeOptions, Consumer } from '@portreeve/log'
import { Membership, type MembershipParts } from './membership.ts'
import type { Topics } from './topics.ts'

export interface ConsumerParts extends MembershipParts {
  readonly topics: Topics
  /** Throws `PRV_LOG_CLOSED`. */
  readonly refuseUnlessOpen: () => void
}

/** A running consumer: a member of its group, and another one in its place when that one has stalled. */
export class KafkaConsumer implements Consumer {
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
    parts.refuseUnlessOpen()
    for (const topic of options.topics) await parts.topics.partitionsOf(topic)
    while (!this.#stop.signal.aborted) {
      const membership = new Membership(parts, options, handler, this.#stop.signal)
      const end = await membership.ended
      if (end !== 'stalled') continue
      const { code, message, remedy } = new PortreeveError('PRV_KAFKA_CONSUMER_STALLED', { group: options.group })
      process.emitWarning(message, { code, detail: remedy })
    }
  }
}
