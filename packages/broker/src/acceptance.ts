import { createHash } from 'node:crypto'
import type { Emitted } from '@portreeve/adapter-sdk'
import { IdempotentReceiver, type Published, type SeenMessages } from '@portreeve/core'
import type { Envelope } from '@portreeve/envelope'
import { isPortreeveError } from '@portreeve/errors'
import type { Log, LogRecord, RecordPosition, StoredRecord } from '@portreeve/log'
import { noTracing, type Span, type Tracing } from '@portreeve/telemetry'
import { describe } from './events.ts'
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
  /** Others may accept what this one does not know of. Default: false. */
  readonly areMany?: boolean
  /** Default: none. */
  readonly tracing?: Tracing
}

interface Brought {
  readonly emitted: Emitted
  readonly label: string
  readonly traceParent: string | undefined
}

/**
 * The door of the log for what comes from outside: an Idempotent Receiver for each type, so that the same id is accepted
 * once, whichever adapter brings it. The log decides; what was seen is a projection of it.
 */
export class Acceptance {
  readonly #parts: AcceptanceParts
  readonly #receivers = new Map<string, IdempotentReceiver<Brought>>()

  constructor(parts: AcceptanceParts) {
    this.#parts = parts
  }

  /**
   * Resolves when the message is on disk, or is known to be there already. In the order of the calls; what comes while the
   * log writes is written together next. `traceParent`: of what it follows from.
   */
  async accept(emitted: Emitted, label: string, traceParent?: string): Promise<Accepted> {
    const { status, reference } = await this.acceptUnlessAnother(emitted, label, traceParent)
    return { status, reference }
  }

  /** As `accept`; and says whether what came first under this id had another body. */
  async acceptUnlessAnother(
    emitted: Emitted,
    label: string,
    traceParent?: string,
  ): Promise<Accepted & { readonly isAnother: boolean }> {
    const brought = { emitted, label, traceParent }
    const { isDuplicate, note } = await this.#receiverOf(emitted.type).receive(emitted.idSeed, brought)
    const [reference = '', digest] = note.split(' ')
    // What an earlier version has accepted has no digest.
    const isAnother = isDuplicate && digest !== undefined && digest !== digestOf(emitted.body)
    return { status: isDuplicate ? 'duplicate' : 'accepted', reference, isAnother }
  }

  /** Reads what the log has of a type, so that the first one to come need not wait for it. */
  async prepare(type: string): Promise<void> {
    await this.#receiverOf(type).catchUp()
  }

  /** Whether the record at this place is the first with its envelope's id, of all that have come from outside with its type. */
  async isFirst(envelope: Envelope, place: string): Promise<boolean> {
    const [isFirst] = await this.areFirst(envelope.type, [{ envelope, place }])
    return isFirst === true
  }

  /** As `isFirst`, of several of one type; same order. */
  async areFirst(
    type: string,
    messages: readonly { readonly envelope: Envelope; readonly place: string }[],
  ): Promise<readonly boolean[]> {
    const { areMany, seen } = this.#parts
    if (areMany) await this.#receiverOf(type).catchUp()
    const claimed = messages.map(({ envelope: { id, reference }, place }) => ({ id, place, note: reference }))
    return await seen.claim(scopeOf(type), claimed, { flush: !areMany })
  }

  #receiverOf(type: string): IdempotentReceiver<Brought> {
    let receiver = this.#receivers.get(type)
    if (!receiver) {
      const next = new Map<number, number>()
      receiver = new IdempotentReceiver<Brought>({
        seen: this.#parts.seen,
        scope: scopeOf(type),
        receivedBefore: () => this.#receivedBefore(type, next),
        publish: (brought) => this.#publish(brought),
        areMany: this.#parts.areMany ?? false,
      })
      this.#receivers.set(type, receiver)
    }
    return receiver
  }

  async #publish(brought: readonly Brought[]): Promise<readonly Published[]> {
    const { references, maker } = this.#parts
    const taken = await references.take(brought.length)
    const spans = brought.map((one, index) => this.#spanOf(one, taken[index]))
    const records = brought.map(({ emitted, label }, index) =>
      toRecord(maker.first(emitted, label, taken[index] ?? '', spans[index]?.traceParent), emitted.key),
    )
    const positions = await this.#appended(records, spans)
    return brought.map(({ emitted }, index) => {
      const position = positions[index]
      if (!position) throw new TypeError('the log answered an append with fewer positions than records')
      return { place: placeOf(position), note: noteOf(taken[index] ?? '', emitted.body) }
    })
  }

  #spanOf({ emitted: { type }, label, traceParent }: Brought, reference?: string): Span {
    const { tracing = noTracing } = this.#parts
    return tracing.start('accept', type, { follows: [traceParent], attributes: { type, label, reference } })
  }

  async #appended(records: readonly LogRecord[], spans: readonly Span[]): Promise<readonly RecordPosition[]> {
    try {
      return await this.#parts.log.append(records)
    } catch (error) {
      for (const span of spans) span.fail(describe(error).code)
      throw error
    } finally {
      for (const span of spans) span.end()
    }
  }

  /** `next`, by partition, is where reading goes on when it is asked for again: what was read before is remembered by then. */
  async *#receivedBefore(topic: string, next: Map<number, number>) {
    const { log } = this.#parts
    for (const { partition, start, end } of await log.ranges(topic)) {
      let from = Math.max(start, next.get(partition) ?? 0)
      while (from < end) {
        const read = await log.read({ topic, partition, from })
        yield read.records.flatMap(received)
        if (read.next === from) break
        from = read.next
        next.set(partition, from)
      }
    }
  }
}

/** Idempotent Receiver scope of the messages that come from outside with this type. */
export function scopeOf(type: string): string {
  return `accepted:${type}`
}

/** A record that is no message was received from nobody: whoever reads the topic moves it to the Invalid Message Channel. */
function received(record: StoredRecord): readonly { id: string; place: string; note: string }[] {
  try {
    const { envelope, body } = fromRecord(record)
    return [{ id: envelope.id, place: placeOf(record), note: noteOf(envelope.reference, body) }]
  } catch (error) {
    if (isPortreeveError(error)) return []
    throw error
  }
}

/** The reference, and the digest that tells another body under the same id. */
function noteOf(reference: string, body: Uint8Array): string {
  return `${reference} ${digestOf(body)}`
}

function digestOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url')
}
