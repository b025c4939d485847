import { PortreeveError } from '@portreeve/errors'
import type { DeliveryMessage, Place } from './delivery-message.ts'
import type { SentBatch } from './sent-batch.ts'

/** What the Dead Letter Channel remembers by, durably; the part of `state`'s parked messages that it needs. */
export interface ParkedMessages {
  /** With a failure: parks its key. Without: queues behind. Idempotent. A released message keeps its place in the queue. */
  park(receiver: string, entries: readonly ParkedEntry[]): Promise<void>
  /** Those of the keys that have a queue. */
  parkedKeys(receiver: string, keys: readonly string[]): Promise<ReadonlySet<string>>
  /** Those of the messages that were in a queue and have been dealt with since. */
  settled(receiver: string, messageIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Those of the messages that are in a queue, by id, each with why; `null` for one that only queues behind another. */
  waiting(receiver: string, messageIds: readonly string[]): Promise<ReadonlyMap<string, ParkedFailure | null>>
}

export interface ParkedEntry {
  readonly key: string
  readonly messageId: string
  readonly reference: string
  readonly place: Place
  readonly failure?: ParkedFailure
  /** Where it is unknown whether it was taken: the batch to ask about before it is sent again. */
  readonly sentAs?: SentBatch
  readonly since: Date
}

export interface ParkedFailure {
  readonly code: string
  readonly reason: string
}

/**
 * Dead Letter Channel (EIP) of one receiver: what cannot be delivered waits for a person, and later messages with its
 * key queue behind it. Whatever a method says was moved aside is durable when it resolves.
 */
export class DeadLetterChannel {
  readonly #receiver: string
  readonly #parked: ParkedMessages
  readonly #now: () => Date

  constructor(receiver: string, parked: ParkedMessages, now: () => Date) {
    this.#receiver = receiver
    this.#parked = parked
    this.#now = now
  }

  /** Moves messages aside, in their order; `null` for one that only queues behind another. */
  async park(
    entries: readonly { item: DeliveryMessage; failure: ParkedFailure | null; sentAs?: SentBatch }[],
  ): Promise<void> {
    const since = this.#now()
    await this.#parked.park(
      this.#receiver,
      entries.map(({ item: { message, key, place }, failure, sentAs }) => ({
        key,
        messageId: message.envelope.id,
        reference: message.envelope.reference,
        place,
        since,
        ...(failure !== null && { failure }),
        ...(sentAs !== undefined && { sentAs }),
      })),
    )
  }

  /** Those of the keys whose later messages must queue. */
  parkedKeys(keys: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#parked.parkedKeys(this.#receiver, keys)
  }

  /** Ids of messages that a person, or the queue after him, has dealt with: nothing is left to be done for them. */
  dealtWith(messageIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#parked.settled(this.#receiver, messageIds)
  }

  /** Why each of these messages waits, by message id; absent: it does not. */
  async waiting(messageIds: readonly string[]): Promise<ReadonlyMap<string, ParkedFailure>> {
    const waiting = await this.#parked.waiting(this.#receiver, messageIds)
    return new Map([...waiting].map(([id, failure]) => [id, failure ?? this.queuedBehind]))
  }

  /** What is said of a message that is not at fault itself. */
  get queuedBehind(): ParkedFailure {
    const { code, message } = new PortreeveError('PRV_CORE_QUEUED_BEHIND', { receiver: this.#receiver })
    return { code, reason: message }
  }
}
