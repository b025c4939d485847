import {
  createDelivery,
  type Delivery,
  type DeliveryMessage,
  type DeliveryOutcome,
  type Failure,
} from '@portreeve/core'
import { type Message, neverEchoes } from '@portreeve/envelope'
import { isPortreeveError } from '@portreeve/errors'
import type { BatchHandler, ConsumeOptions, GivenPartition, LogRecord, StoredRecord } from '@portreeve/log'
import { noTracing } from '@portreeve/telemetry'
import { Bell } from './bell.ts'
import { type Conditions, compileConditions } from './conditions.ts'
import { deliveryLimits } from './delivery-limits.ts'
import { type DeliveryRecords, deliveryRecords, type Outcome, toRecorded } from './delivery-record.ts'
import { finishedRecords, type Sorted } from './finished-records.ts'
import { asInvalid } from './invalid-record.ts'
import { formBy, mappedSending } from './mapped-sending.ts'
import { fromRecord, keyOf } from './message-record.ts'
import { OutageAlert } from './outage-alert.ts'
import { deliveryNews, type RequestOutcome } from './process/delivery-news.ts'
import type { ReceiverParts } from './receiver-parts.ts'
import { receiverPausedRecord } from './receiver-paused.ts'
import { refusalNotices } from './refusal-notice.ts'
import { hadBefore, mayBeFor, notAgain, underFirstIds, untilRepeated } from './replay/at-receiver.ts'
import { boundSending, throughGate } from './sending.ts'
import { tracedReceiver } from './traced-receiver.ts'
import { inAcceptedForm } from './translate.ts'
import { ReceiverShare } from './workers/receiver-share.ts'

const maxBatchBytes = 16 * 1024 * 1024

export interface MessageToDeliver extends DeliveryMessage {
  /** The same message before it took the form that the receiver wants. */
  readonly canonical: Message
}

/** One receiver of one route: its consumer group, its filter, its delivery. */
export class ReceiverConsumer {
  readonly name: string
  readonly delivery: Delivery
  readonly recording: DeliveryRecords
  readonly #parts: ReceiverParts
  readonly #conditions: Conditions
  /** Some of its messages go through a mapping: they take their form when they are sent. */
  readonly #isMapped: boolean
  /** A person has released a dead letter of this receiver. */
  readonly released = new Bell()
  /** Of all partitions: whoever records an outcome waits for what may have been told of it before. */
  readonly #telling = new Set<Promise<void>>()
  readonly #outage: OutageAlert
  /** Where others may work beside this one. */
  readonly #share: ReceiverShare | undefined
  /** What is on its way, by id. */
  readonly #underWay = new Map<string, MessageToDeliver>()

  constructor(parts: ReceiverParts) {
    const { receiver, declaration, adapter, state, events } = parts
    const { name, label } = receiver
    this.#parts = parts
    this.name = name
    this.#share = parts.share && new ReceiverShare(name, parts.share)
    this.recording = {
      receiver: name,
      route: receiver.route.name,
      authority: parts.authority,
      now: parts.now,
      references: parts.references,
    }
    this.#outage = new OutageAlert(name, state.cursors)
    this.#conditions = compileConditions(receiver)
    this.#isMapped = receiver.branches.some(({ branch, mine }) => mine && branch.map !== undefined)
    const mapped = this.#isMapped
      ? mappedSending(adapter, formBy({ ...parts, ...this.#conditions }))
      : boundSending(adapter)
    const { send, lookup } = throughGate(parts.gate, underFirstIds(mapped))
    if (!send) throw new TypeError(`${label} cannot send; the linter should have said so`)
    const sending = {
      name,
      idempotentSend: declaration.capabilities.idempotentSend,
      keepsOrder: declaration.capabilities.keepsOrder ?? false,
      send,
      ...(lookup && { lookup }),
    }
    this.delivery = createDelivery({
      receiver: tracedReceiver(sending, receiver.route.name, parts.tracing ?? noTracing),
      attempts: state.attempts,
      parked: state.parked,
      retry: parts.retry,
      limits: deliveryLimits(receiver.route, maxBatchBytes),
      onPaused: (failure) => {
        events.paused({ receiver: name, ...failure.error, sentence: failure.error.message })
        this.#tell(this.#tellPaused(failure))
      },
      onResumed: () => events.resumed({ receiver: name }),
      onEvent: ({ kind, messageIds, batchId, code }) => {
        if (kind !== 'unknown') return
        events.unknown({ receiver: name, messages: messageIds.length })
        this.#tell(this.#tellUnknown(messageIds, batchId, code))
      },
    })
  }

  get consumeOptions(): ConsumeOptions {
    const { from, batch } = this.#parts.receiver.route
    const share = this.#share
    return {
      group: this.name,
      topics: from,
      maxRecords: batch.maxMessages,
      maxBytes: maxBatchBytes,
      lingerMs: batch.maxWaitSeconds * 1000,
      ...(share && { prepare: (given) => share.hold(given).then(() => this.released.ring()) }),
    }
  }

  /** Partitions whose messages this one may send; `undefined`: all. */
  get held(): readonly GivenPartition[] | undefined {
    return this.#share?.held
  }

  readonly handler: BatchHandler = async ({ records, signal }) => {
    const each = records.map((record) => this.#sort(record))
    const all = this.#share ? await this.#share.withoutCopies(each) : each
    const together = all.slice(0, untilRepeated(all.map(({ send }) => send?.canonical.envelope)))
    const sorted = await Promise.all(together.map((entry) => this.#unlessHadBefore(entry, signal)))
    const toSend = sorted.flatMap((entry) => (entry.send ? [entry.send] : []))
    const result = await this.#whileUnderWay(toSend, () => this.delivery.deliver(toSend, signal))
    const finished = finishedRecords(sorted, result.finished)
    const aside = sorted.slice(0, finished)
    const outcomes = [...toRecorded(result.outcomes), ...aside.flatMap(({ outcome }) => outcome ?? [])]
    await this.told()
    if (result.outcomes.some(({ state }) => state === 'delivered' || state === 'refused')) await this.#outage.end()
    const { events } = this.#parts
    const references = new Map(toSend.map(({ message: { envelope } }) => [envelope.id, envelope.reference]))
    const told = outcomes.map((outcome) => ({ ...outcome, reference: references.get(outcome.messageId) }))
    if (told.length > 0) events.delivered({ receiver: this.name, outcomes: told })
    return {
      append: [
        ...(await deliveryRecords(outcomes, this.recording)),
        ...this.notices(toSend, result.outcomes),
        ...this.news(toSend, result.outcomes),
        ...aside.flatMap(({ news }) => news ?? []),
        ...aside.flatMap(({ invalid }) => invalid ?? []),
      ],
      finished,
    }
  }

  /** Sends what a person has let go: as `Delivery.redeliver`. */
  async redeliver(message: MessageToDeliver, signal: AbortSignal): Promise<DeliveryOutcome | null> {
    return await this.#whileUnderWay([message], () => this.delivery.redeliver(message, signal))
  }

  /** What goes back to those who sent what this receiver has refused. */
  notices(sent: readonly MessageToDeliver[], outcomes: readonly DeliveryOutcome[]): readonly LogRecord[] {
    const messages = sent.map(({ canonical }) => canonical)
    return refusalNotices(this.name, messages, outcomes, this.#parts.maker)
  }

  /** What the processes learn of their requests. */
  news(sent: readonly MessageToDeliver[], outcomes: readonly RequestOutcome[]): readonly LogRecord[] {
    const messages = new Map(sent.map((one) => [one.message.envelope.id, one]))
    const ofRequests = outcomes.flatMap((outcome) => {
      const found = messages.get(outcome.messageId)
      // Of a replay, they learn it as of the request that it repeats.
      const messageId = found?.canonical.envelope.replayOf ?? outcome.messageId
      return found ? [{ ...outcome, messageId, key: found.key }] : []
    })
    return deliveryNews(ofRequests, this.#parts.now().toISOString())
  }

  /** Resolves when all that was told of unknown outcomes stands in the log: before the outcomes do. */
  async told(): Promise<void> {
    await Promise.all(this.#telling)
  }

  /**
   * A record as this receiver is sent it, with the body that a person put in its place. Throws `PRV_ENVELOPE_…` and
   * `PRV_CORE_TRANSLATION`.
   */
  toDeliver(record: StoredRecord, editedBody: Uint8Array | null = null): MessageToDeliver {
    const { envelope, body } = fromRecord(record)
    const canonical = { envelope, body: editedBody ?? body }
    const { topic, partition, offset } = record
    return {
      message: this.#isMapped ? canonical : inAcceptedForm(canonical, this.#parts.declaration),
      canonical,
      key: keyOf(record),
      place: { topic, partition, offset },
      edited: editedBody !== null,
    }
  }

  /** Idempotent Receiver: what is told of a replay instead of sending it, where this receiver had the message already. */
  async hadBefore({ canonical: { envelope } }: MessageToDeliver, signal: AbortSignal): Promise<DeliveryOutcome | null> {
    const first = notAgain(envelope)
    if (first === undefined) return null
    const delivered = await this.#parts.deliveredBefore(this.name, first, signal)
    return delivered && hadBefore(envelope.id, delivered)
  }

  async #unlessHadBefore(entry: Sorted, signal: AbortSignal): Promise<Sorted> {
    const outcome = entry.send ? await this.hadBefore(entry.send, signal) : null
    return outcome ? { outcome: { ...outcome, state: 'delivered' } } : entry
  }

  /** Message Filter and Content-Based Router; what cannot be read goes to the Invalid Message Channel. */
  #sort(record: StoredRecord): Sorted {
    const batchId = `aside-${record.topic}-${record.partition}-${record.offset}`
    let messageId: string | undefined
    try {
      const message = fromRecord(record)
      messageId = message.envelope.id
      const { label } = this.#parts.receiver
      const mayBeMine = mayBeFor(this.name, message.envelope) && neverEchoes(message.envelope, label)
      const isMine = mayBeMine && this.#conditions.concerns(message)
      return isMine ? { send: this.toDeliver(record) } : { outcome: { messageId, state: 'not-concerned', batchId } }
    } catch (error) {
      if (!isPortreeveError(error)) throw error
      const { code, message: reason } = error
      const invalid = asInvalid(record, { receiver: this.name, error }, this.#parts.events)
      return messageId === undefined
        ? { invalid }
        : {
            invalid,
            outcome: { messageId, state: 'refused', code, reason, batchId },
            news: deliveryNews(
              [{ messageId, state: 'refused', code, reason, key: keyOf(record) }],
              this.#parts.now().toISOString(),
            ),
          }
    }
  }

  async #whileUnderWay<Result>(messages: readonly MessageToDeliver[], send: () => Promise<Result>): Promise<Result> {
    for (const message of messages) this.#underWay.set(message.message.envelope.id, message)
    try {
      return await send()
    } finally {
      for (const { message } of messages) this.#underWay.delete(message.envelope.id)
    }
  }

  #tell(telling: Promise<void>): void {
    this.#telling.add(telling)
    void telling.finally(() => this.#telling.delete(telling))
  }

  async #tellPaused(failure: Failure): Promise<void> {
    const { append, now, events } = this.#parts
    try {
      const alert = async () => await append([await receiverPausedRecord(this.name, failure, now(), this.#parts)])
      await this.#outage.begin(alert)
    } catch (error) {
      events.failed(`record ${this.name}`, error)
    }
  }

  /** While a receiver is asked what became of a batch, the ledger and the processes say so. */
  async #tellUnknown(messageIds: readonly string[], batchId: string, code?: string): Promise<void> {
    const outcomes = messageIds.map((messageId): Outcome => {
      return { messageId, state: 'unknown', batchId, ...(code !== undefined && { code }) }
    })
    const news = this.news([...this.#underWay.values()], outcomes)
    const places = messageIds.flatMap((id) => this.#underWay.get(id)?.place ?? [])
    try {
      if (this.#share && !(await this.#share.isHeld(places))) return
      await this.#parts.append([...(await deliveryRecords(outcomes, this.recording)), ...news])
    } catch (error) {
      this.#parts.events.failed(`record ${this.name}`, error)
    }
  }
}
