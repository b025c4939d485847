import type { Emitted } from '@portreeve/adapter-sdk'
import type { Log } from '@portreeve/log'
import type { SeenMessages } from '@portreeve/state'
import type { MessageMaker } from './message-maker.ts'
import { fromRecord, placeOf, toRecord } from './message-record.ts'
import type { ReferenceNumbers } from './reference-numbers.ts'

export interface Accepted {
  readonly status: 'accepted' | 'duplicate'
  /** Of the message that was accepted first. */
  readonly reference: string
}

/**
 * The door of the log for what comes from outside: the same id is accepted once, whichever adapter brings it. The log
 * decides; what was seen is a projection of it, brought up to date before the first question is answered.
 */
export class Acceptance {
  readonly #log: Log
  readonly #seen: SeenMessages
  readonly #references: ReferenceNumbers
  readonly #maker: MessageMaker
  readonly #caughtUp = new Map<string, Promise<void>>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: { log: Log; seen: SeenMessages; references: ReferenceNumbers; maker: MessageMaker }) {
    this.#log = parts.log
    this.#seen = parts.seen
    this.#references = parts.references
    this.#maker = parts.maker
  }

  /** Resolves when the message is on disk, or is known to be there already. One at a time, in the order of the calls. */
  accept(emitted: Emitted, label: string): Promise<Accepted> {
    const accepted = this.#last.then(() => this.#accept(emitted, label))
    this.#last = accepted.catch(() => undefined)
    return accepted
  }

  async #accept(emitted: Emitted, label: string): Promise<Accepted> {
    const scope = scopeOf(emitted.type)
    await this.#catchUp(emitted.type)
    const first = await this.#seen.winner(scope, emitted.idSeed)
    if (first) return { status: 'duplicate', reference: first.note ?? '' }
    const [reference = ''] = await this.#references.take(1)
    const record = toRecord(this.#maker.first(emitted, label, reference), emitted.key)
    try {
      const [position] = await this.#log.append([record])
      if (!position) throw new TypeError('the log answered an append of one record with no position')
      await this.#seen.claim(scope, [{ id: emitted.idSeed, place: placeOf(position), note: reference }])
    } catch (error) {
      // It may stand in the log, and what was seen does not know of it: the log is asked again before the next answer.
      this.#caughtUp.delete(emitted.type)
      throw error
    }
    return { status: 'accepted', reference }
  }

  #catchUp(topic: string): Promise<void> {
    let done = this.#caughtUp.get(topic)
    if (!done) {
      done = this.#readAll(topic)
      this.#caughtUp.set(topic, done)
      done.catch(() => this.#caughtUp.delete(topic))
    }
    return done
  }

  async #readAll(topic: string): Promise<void> {
    for (const { partition, start, end } of await this.#log.ranges(topic)) {
      let from = start
      while (from < end) {
        const { records, next } = await this.#log.read({ topic, partition, from })
        await this.#seen.claim(
          scopeOf(topic),
          records.map((record) => {
            const { envelope } = fromRecord(record)
            return { id: envelope.id, place: placeOf(record), note: envelope.reference }
          }),
        )
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
