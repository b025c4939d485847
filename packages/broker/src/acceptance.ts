import type { Emitted } from '@portreeve/adapter-sdk'
import { IdempotentReceiver, type SeenMessages } from '@portreeve/core'
import type { Log } from '@portreeve/log'
import type { MessageMaker } from './message-maker.ts'
import { fromRecord, placeOf, toRecord } from './message-record.ts'
import type { ReferenceNumbers } from './reference-numbers.ts'

export interface Accepted {
  readonly status: 'accepted' | 'duplicate'
  /** Of the message that was accepted first. */
  readonly reference: string
}

export interface AcceptanceParts {
  readonly log: Log
  readonly seen: SeenMessages
  readonly references: ReferenceNumbers
  readonly maker: MessageMaker
}

/**
 * The door of the log for what comes from outside: an Idempotent Receiver for each type, so that the same id is accepted
 * once, whichever adapter brings it. The log decides; what was seen is a projection of it.
 */
export class Acceptance {
  readonly #parts: AcceptanceParts
  readonly #receivers = new Map<string, IdempotentReceiver>()

  constructor(parts: AcceptanceParts) {
    this.#parts = parts
  }

  /** Resolves when the message is on disk, or is known to be there already. One of a type at a time, in the order of the calls. */
  async accept(emitted: Emitted, label: string): Promise<Accepted> {
    const { log, references, maker } = this.#parts
    const { isDuplicate, note } = await this.#receiverOf(emitted.type).receive(emitted.idSeed, async () => {
      const [reference = ''] = await references.take(1)
      const [position] = await log.append([toRecord(maker.first(emitted, label, reference), emitted.key)])
      if (!position) throw new TypeError('the log answered an append of one record with no position')
      return { place: placeOf(position), note: reference }
    })
    return { status: isDuplicate ? 'duplicate' : 'accepted', reference: note }
  }

  #receiverOf(type: string): IdempotentReceiver {
    let receiver = this.#receivers.get(type)
    if (!receiver) {
      const receivedBefore = () => this.#receivedBefore(type)
      receiver = new IdempotentReceiver({ seen: this.#parts.seen, scope: scopeOf(type), receivedBefore })
      this.#receivers.set(type, receiver)
    }
    return receiver
  }

  async *#receivedBefore(topic: string) {
    const { log } = this.#parts
    for (const { partition, start, end } of await log.ranges(topic)) {
      let from = start
      while (from < end) {
        const { records, next } = await log.read({ topic, partition, from })
        yield records.map((record) => {
          const { envelope } = fromRecord(record)
          return { id: envelope.id, place: placeOf(record), note: envelope.reference }
        })
        if (next === from) break
        from = next
      }
    }
  }
}

/** Idempotent Receiver scope of the messages that come from outside with this type. */
export function scopeOf(type: string): string {
  return `accepted:${type}`
}
