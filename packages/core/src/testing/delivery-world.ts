import type { Envelope } from '@portreeve/envelope'
import type { Clock } from '../reliability/clock.ts'
import { createDelivery, type DeliveryOptions } from '../reliability/delivery.ts'
import type { DeliveryMessage, DeliveryOutcome } from '../reliability/delivery-message.ts'
import type { SentBatch, SentBefore } from '../reliability/sent-batch.ts'
import { CrashPoints } from './crash-points.ts'
import type { Abilities, KeyedBackOffice } from './keyed-back-office.ts'
import { RememberingStores } from './remembering-stores.ts'

const never = new AbortController().signal

export interface Report {
  readonly key: string
  readonly body: 'good' | 'refused' | 'bad'
}

export function messagesOf(reports: readonly Report[]): readonly DeliveryMessage[] {
  return reports.map(({ key, body }, offset) => ({
    key,
    place: { topic: 'valuation.report.proposed', partition: 0, offset: offset * 3 },
    message: { envelope: envelope(`m${offset}`), body: new TextEncoder().encode(body) },
  }))
}

function envelope(id: string): Envelope {
  return {
    id,
    source: '/x99999999/revenues',
    type: 'valuation.report.proposed',
    time: '2026-03-01T09:30:00Z',
    dataContentType: 'application/json',
    reference: `R-${id}`,
    correlationId: 'file',
    authority: 'X99999999',
    channel: 'file',
  }
}

/** Time passes only by sleeping. */
export function sleepingClock(): Clock & { readonly slept: number[] } {
  let now = Date.parse('2026-03-01T09:30:00Z')
  const slept: number[] = []
  return {
    slept,
    now: () => new Date(now),
    async sleep(ms, signal) {
      if (signal.aborted) return
      slept.push(ms)
      now += ms
    },
  }
}

/**
 * One partition, one receiver: what the broker does round a delivery. Log position, records, stores and back office survive a crash.
 */
export class DeliveryWorld {
  readonly stores = new RememberingStores()
  readonly records = new Map<string, DeliveryOutcome[]>()
  readonly office: KeyedBackOffice
  readonly #messages: readonly DeliveryMessage[]
  readonly #abilities: Abilities
  readonly #options: Partial<DeliveryOptions>
  #position = 0

  constructor(
    messages: readonly DeliveryMessage[],
    office: KeyedBackOffice,
    abilities: Abilities,
    options: Partial<DeliveryOptions> = {},
  ) {
    this.#messages = messages
    this.office = office
    this.#abilities = abilities
    this.#options = options
  }

  /** Runs until all is recorded or the process ends; `sizes` are the batches of the log, the last one for ever. */
  async live(
    steps = Number.POSITIVE_INFINITY,
    sizes: readonly number[] = [5],
    end: 'crash' | 'stop' = 'crash',
  ): Promise<'done' | 'crashed' | 'stopped'> {
    const points = new CrashPoints(steps, end === 'stop')
    return await Promise.race([this.#consume(points, [...sizes]), points.crashed])
  }

  /**
   * A person lets everything go: what cannot be sent is corrected. Where the receiver cannot be asked, he looks himself, and
   * what is there already is only settled.
   */
  async sendDeadLetters(steps = Number.POSITIVE_INFINITY): Promise<'done' | 'crashed'> {
    const points = new CrashPoints(steps)
    return await Promise.race([this.#redeliver(points), points.crashed])
  }

  #delivery(points: CrashPoints) {
    const clock = sleepingClock()
    return createDelivery({
      receiver: points.around(this.office.receiver(this.#abilities)),
      attempts: points.around(this.stores.attempts),
      parked: points.around(this.stores.parked),
      clock: { now: clock.now, sleep: points.around(clock).sleep },
      retry: { random: () => 0.5 },
      ...this.#options,
    })
  }

  async #consume(points: CrashPoints, sizes: number[]): Promise<'done' | 'stopped'> {
    const delivery = this.#delivery(points)
    const writeSet = points.around({
      apply: async (outcomes: readonly DeliveryOutcome[], finished: number) => {
        this.#record(outcomes)
        this.#position += finished
      },
    })
    while (this.#position < this.#messages.length) {
      const size = sizes.length > 1 ? (sizes.shift() ?? 1) : (sizes[0] ?? 1)
      const batch = this.#messages.slice(this.#position, this.#position + size)
      const { finished, outcomes } = await delivery.deliver(batch, points.signal)
      if (outcomes.length !== finished) throw new TypeError(`${outcomes.length} outcomes for ${finished} messages`)
      await writeSet.apply(outcomes, finished)
      if (points.signal.aborted) return 'stopped'
    }
    return 'done'
  }

  async #redeliver(points: CrashPoints): Promise<'done'> {
    const delivery = this.#delivery(points)
    const broker = points.around({
      record: async (outcomes: readonly DeliveryOutcome[]) => this.#record(outcomes),
      settle: async (id: string) => this.stores.settle(id),
    })
    while (this.stores.queues.size > 0) {
      this.stores.releaseAll()
      const next = this.stores.nextReleased()
      const item = this.#messages.find(({ message }) => message.envelope.id === next?.messageId)
      if (next === undefined || item === undefined) throw new TypeError('a released message is nowhere')
      const isUnknown = next.failure?.code === 'PRV_CORE_OUTCOME_UNKNOWN'
      if (isUnknown && !this.#abilities.lookup && this.office.effects.includes(next.messageId)) {
        this.#record([{ messageId: next.messageId, state: 'delivered', proof: 'seen by a person', batchId: 'person' }])
        this.stores.settle(next.messageId)
        continue
      }
      const isBad = next.failure !== null && !isUnknown
      const body = new TextEncoder().encode('good')
      const sent = isBad ? { ...item, message: { ...item.message, body }, edited: true } : item
      const sentBefore = next.sentAs && this.#readBack(next.sentAs)
      const outcome = await delivery.redeliver({ ...sent, ...(sentBefore && { sentBefore }) }, never)
      if (outcome === null) throw new TypeError('nobody stopped it')
      await broker.record([outcome])
      if (outcome.state !== 'parked') await broker.settle(outcome.messageId)
    }
    return 'done'
  }

  #readBack(batch: SentBatch): SentBefore {
    const messages = batch.offsets.flatMap(
      (offset) => this.#messages.find(({ place }) => place.offset === offset) ?? [],
    )
    return { batch, messages: messages.map(({ message }) => message) }
  }

  #record(outcomes: readonly DeliveryOutcome[]): void {
    for (const outcome of outcomes) {
      this.records.set(outcome.messageId, [...(this.records.get(outcome.messageId) ?? []), outcome])
    }
  }
}
