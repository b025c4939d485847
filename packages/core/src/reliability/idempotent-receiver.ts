import { isPortreeveError } from '@portreeve/errors'

/** A message id and where it was seen. */
export interface SeenMessage {
  readonly id: string
  readonly place: string
  /** Kept for whoever brings it again, such as the public reference of the first one. */
  readonly note: string
}

/** Where a message was put, and what is kept for whoever brings it again. */
export type Published = Omit<SeenMessage, 'id'>

/** What an Idempotent Receiver remembers by, durably; the part of `state`'s seen messages that it needs. */
export interface SeenMessages {
  /** One answer per message, same order: whether this place was the first to show the id. */
  claim(
    scope: string,
    messages: readonly SeenMessage[],
    options?: { readonly flush: boolean },
  ): Promise<readonly boolean[]>
  /** The place that has the id, or `null`. */
  winner(scope: string, id: string): Promise<{ readonly place: string; readonly note: string | null } | null>
}

export interface IdempotentReceiverParts<Content> {
  readonly seen: SeenMessages
  /** Ids of one scope do not meet those of another. */
  readonly scope: string
  /** What was received in this scope before, from where the truth is: the memory may be behind it. Asked again after a fault. */
  readonly receivedBefore: () => AsyncIterable<readonly SeenMessage[]>
  /** One answer per content, same order, once all are durable; all or, as far as it can tell, none. Never called for a duplicate. */
  readonly publish: (contents: readonly Content[]) => Promise<readonly Published[]>
  /** Others publish in this scope, too: where the truth is decides then who was first. Default: false. */
  readonly areMany?: boolean
  /** Most that are published together. Default 256. */
  readonly maxTogether?: number
}

export interface Received {
  readonly isDuplicate: boolean
  /** Of the first one. */
  readonly note: string
}

interface Waiting<Content> {
  readonly id: string
  readonly content: Content
  readonly answer: PromiseWithResolvers<Received>
}

/**
 * Idempotent Receiver (EIP): publishes what comes under an id once, however often it comes. The memory is brought up to date
 * before the first answer, and again after a fault that leaves open whether something was published. What comes while it
 * publishes is published together next.
 */
export class IdempotentReceiver<Content> {
  readonly #parts: IdempotentReceiverParts<Content>
  readonly #maxTogether: number
  #caughtUp: Promise<void> | null = null
  #waiting: Waiting<Content>[] = []
  #isWorking = false

  constructor(parts: IdempotentReceiverParts<Content>) {
    this.#parts = parts
    this.#maxTogether = parts.maxTogether ?? 256
  }

  /** In the order of the calls. Rejects with what `publish` and the memory reject with. */
  receive(id: string, content: Content): Promise<Received> {
    const answer = Promise.withResolvers<Received>()
    this.#waiting.push({ id, content, answer })
    if (!this.#isWorking) void this.#work()
    return answer.promise
  }

  /** Brings the memory up to date, so that the first one to come need not wait for it. */
  catchUp(): Promise<void> {
    if (this.#parts.areMany) return this.#catchUpAnew()
    this.#caughtUp ??= this.#readAll().catch((error: unknown) => {
      this.#caughtUp = null
      throw error
    })
    return this.#caughtUp
  }

  /** One at a time: of what is read twice, the first in order is to be the first. */
  #catchUpAnew(): Promise<void> {
    const anew = (this.#caughtUp ?? Promise.resolve()).catch(() => undefined).then(() => this.#readAll())
    this.#caughtUp = anew
    return anew
  }

  async #work(): Promise<void> {
    this.#isWorking = true
    while (this.#waiting.length > 0) {
      const together = this.#waiting.slice(0, this.#maxTogether)
      this.#waiting = this.#waiting.slice(this.#maxTogether)
      await this.#settle(together)
    }
    this.#isWorking = false
  }

  async #settle(together: readonly Waiting<Content>[]): Promise<void> {
    try {
      const received = await this.#receive(together)
      for (const { id, answer } of together) answer.resolve(take(received, id))
    } catch (error) {
      // It may have been published, and the memory does not know of it.
      this.#caughtUp = null
      if (together.length > 1 && isPortreeveError(error) && error.failureClass === 'message-bad') {
        // One of them is bad; the others are not to suffer for it.
        for (const one of together) await this.#settle([one])
      } else for (const { answer } of together) answer.reject(error)
    }
  }

  async #receive(together: readonly Waiting<Content>[]): Promise<Map<string, Received>> {
    const { seen, scope, publish } = this.#parts
    await this.catchUp()
    const received = new Map<string, Received>()
    const fresh = new Map<string, Content>()
    for (const { id, content } of together) {
      if (received.has(id) || fresh.has(id)) continue
      const first = await seen.winner(scope, id)
      if (first) received.set(id, { isDuplicate: true, note: first.note ?? '' })
      else fresh.set(id, content)
    }
    if (fresh.size === 0) return received
    const published = await publish([...fresh.values()])
    const messages = [...fresh.keys()].map((id, index) => ({ id, ...publishedAt(published, index) }))
    if (this.#parts.areMany) await this.catchUp()
    // Lost in a power cut, it is read again from where the messages are, before the first answer.
    const first = await seen.claim(scope, messages, { flush: false })
    for (const [index, { id, note }] of messages.entries()) {
      const before = first[index] ? null : await seen.winner(scope, id)
      received.set(id, { isDuplicate: before !== null, note: before?.note ?? note })
    }
    return received
  }

  async #readAll(): Promise<void> {
    for await (const messages of this.#parts.receivedBefore())
      await this.#parts.seen.claim(this.#parts.scope, messages, { flush: false })
  }
}

/** Of those who brought the same id together, the first is no duplicate and the others are. */
function take(received: Map<string, Received>, id: string): Received {
  const answer = received.get(id)
  if (!answer) throw new TypeError('an id that came was not dealt with')
  received.set(id, { ...answer, isDuplicate: true })
  return answer
}

function publishedAt(published: readonly Published[], index: number): Published {
  const answer = published[index]
  if (!answer) throw new TypeError('what was published has fewer places than contents')
  return answer
}
