/** A message id and where it was seen. */
export interface SeenMessage {
  readonly id: string
  readonly place: string
  /** Kept for whoever brings it again, such as the public reference of the first one. */
  readonly note: string
}

/** What an Idempotent Receiver remembers by, durably; the part of `state`'s seen messages that it needs. */
export interface SeenMessages {
  /** One answer per message, same order: whether this place was the first to show the id. */
  claim(scope: string, messages: readonly SeenMessage[]): Promise<readonly boolean[]>
  /** The place that has the id, or `null`. */
  winner(scope: string, id: string): Promise<{ readonly place: string; readonly note: string | null } | null>
}

export interface IdempotentReceiverParts {
  readonly seen: SeenMessages
  /** Ids of one scope do not meet those of another. */
  readonly scope: string
  /** All that was received in this scope before, from where the truth is: the memory may be behind it. */
  readonly receivedBefore: () => AsyncIterable<readonly SeenMessage[]>
}

export interface Received {
  readonly isDuplicate: boolean
  /** Of the first one. */
  readonly note: string
}

/**
 * Idempotent Receiver (EIP): publishes what comes under an id once, however often it comes. The memory is brought up to date
 * before the first answer, and again after a fault that leaves open whether something was published.
 */
export class IdempotentReceiver {
  readonly #parts: IdempotentReceiverParts
  #caughtUp: Promise<void> | null = null
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: IdempotentReceiverParts) {
    this.#parts = parts
  }

  /**
   * `publish` tells where it put the message once that is durable; it is not called for a duplicate. One at a time, in the order
   * of the calls. Rejects with what `publish` and the memory reject with.
   */
  receive(id: string, publish: () => Promise<Omit<SeenMessage, 'id'>>): Promise<Received> {
    const received = this.#last.then(() => this.#receive(id, publish))
    this.#last = received.catch(() => undefined)
    return received
  }

  async #receive(id: string, publish: () => Promise<Omit<SeenMessage, 'id'>>): Promise<Received> {
    const { seen, scope } = this.#parts
    await this.#catchUp()
    const first = await seen.winner(scope, id)
    if (first) return { isDuplicate: true, note: first.note ?? '' }
    try {
      const published = await publish()
      await seen.claim(scope, [{ id, ...published }])
      return { isDuplicate: false, note: published.note }
    } catch (error) {
      // It may have been published, and the memory does not know of it.
      this.#caughtUp = null
      throw error
    }
  }

  #catchUp(): Promise<void> {
    this.#caughtUp ??= this.#readAll().catch((error: unknown) => {
      this.#caughtUp = null
      throw error
    })
    return this.#caughtUp
  }

  async #readAll(): Promise<void> {
    for await (const messages of this.#parts.receivedBefore()) await this.#parts.seen.claim(this.#parts.scope, messages)
  }
}
