import { askBeforeResending } from './ask-before-resending.ts'
import { type Attempts, finishedUpTo } from './attempts.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import { type Clock, systemClock } from './clock.ts'
import { DeadLetterChannel, type ParkedMessages } from './dead-letter-channel.ts'
import { deliverPending, takeKnown } from './deliver-pending.ts'
import { type DeliveryMessage, type DeliveryOutcome, type Slot, slotsOf } from './delivery-message.ts'
import {
  type DeliveryEvent,
  type DeliveryLimits,
  type DeliveryParts,
  type DeliveryRun,
  startRun,
} from './delivery-run.ts'
import type { Failure } from './failure-class.ts'
import { recallOpenAttempts } from './open-attempts.ts'
import type { Receiver } from './receiver.ts'
import { defaultRetryPolicy, type RetryPolicy } from './retry.ts'
import { SlowStart } from './slow-start.ts'
import { Throttle } from './throttle.ts'

export interface DeliveryOptions {
  readonly receiver: Receiver
  readonly attempts: Attempts
  readonly parked: ParkedMessages
  readonly clock?: Clock
  readonly retry?: Partial<RetryPolicy>
  readonly limits?: Partial<DeliveryLimits>
  /** The receiver as a whole cannot be reached or has to be spared: told once, until it answers again. */
  readonly onPaused?: (failure: Failure) => void
  readonly onResumed?: () => void
  readonly onEvent?: (event: DeliveryEvent) => void
}

export interface DeliveryResult {
  /** How many of the messages, from the first, need not come again; `outcomes` has one entry for each of these. */
  readonly finished: number
  readonly outcomes: readonly DeliveryOutcome[]
}

/** Delivery to one receiver, over all partitions: at least once, in order per key, once where the receiver has a key for it. */
export interface Delivery {
  /**
   * Delivers messages of one partition, in their order, and comes back when each has its outcome, however long the
   * receiver is down, or soon after the signal aborts. Their ids differ. Record the outcomes and the position in one write
   * set; what is not finished, or was not recorded because of a crash, is to be handed over again, from the same place on.
   * One call at a time for a partition; partitions side by side. Rejects only with what the stores reject with.
   */
  deliver(messages: readonly DeliveryMessage[], signal: AbortSignal): Promise<DeliveryResult>
  /**
   * Sends a dead letter that a person has released, the next one of its queue; one that may have been taken before is asked
   * about first. Record the outcome, and only then settle it when it is delivered or refused; else it is parked again.
   * `null` when the signal left it unsettled. One call at a time; beside `deliver`.
   */
  redeliver(released: DeliveryMessage, signal: AbortSignal): Promise<DeliveryOutcome | null>
  /** Why the receiver is left alone at the moment, or `null`. */
  readonly paused: Failure | null
  /** When a paused receiver is tried again. */
  readonly retryAt: Date | null
}

const redeliveryLane = { topic: 'dead-letter-channel', partition: 0 }
/** How often a batch that comes back in part is waited for. */
const maxPartialReturns = 5

export function createDelivery(options: DeliveryOptions): Delivery {
  const { receiver, attempts, parked, clock = systemClock } = options
  const retry = { ...defaultRetryPolicy, ...options.retry }
  const unlimited = Number.POSITIVE_INFINITY
  const limits: DeliveryLimits = {
    maxMessages: unlimited,
    maxBytes: unlimited,
    maxAsks: 8,
    maxFaults: 3,
    maxPerMinute: unlimited,
    expireAfterMs: unlimited,
    ...options.limits,
  }
  const slowStart = new SlowStart()
  const parts: DeliveryParts = {
    receiver,
    attempts,
    clock,
    retry,
    deadLetters: new DeadLetterChannel(receiver.name, parked, () => clock.now()),
    breaker: new CircuitBreaker({
      clock,
      retry,
      onOpen: () => slowStart.restart(),
      onPaused: (failure) => options.onPaused?.(failure),
      onResumed: () => options.onResumed?.(),
    }),
    throttle: new Throttle(clock, limits.maxPerMinute),
    slowStart,
    limits,
    onEvent: (event) => options.onEvent?.(event),
  }
  const partialReturns = new Map<string, number>()
  let redelivery: DeliveryRun | null = null

  async function deliver(messages: readonly DeliveryMessage[], signal: AbortSignal): Promise<DeliveryResult> {
    const [first, last] = [messages[0], messages.at(-1)]
    if (first === undefined || last === undefined) return { finished: 0, outcomes: [] }
    const run = startRun(parts, first.place, slotsOf(messages), signal)
    const keys = [...new Set(messages.map(({ key }) => key))]
    for (const key of await parts.deadLetters.parkedKeys(keys)) run.parkedKeys.add(key)
    await takeKnown(run)
    const goesOn = await recallOpenAttempts(run, {
      isPast: ({ batchId: id, lastOffset }) => lastOffset < first.place.offset && !redelivery?.live.has(id),
      mayComeWhole: ({ batchId: id, lastOffset }) => {
        const returns = (partialReturns.get(id) ?? 0) + 1
        partialReturns.set(id, returns)
        if (lastOffset > last.place.offset && returns <= maxPartialReturns) return true
        partialReturns.delete(id)
        return false
      },
    })
    if (goesOn) await deliverPending(run, { expires: true })
    if (run.blockedFrom === 0) await clock.sleep(retry.baseDelayMs, signal)
    return resultOf(run.slots, finishedUpTo(run.slots, run.live.values()))
  }

  async function redeliver(released: DeliveryMessage, signal: AbortSignal): Promise<DeliveryOutcome | null> {
    const run = startRun(parts, redeliveryLane, slotsOf([released]), signal)
    const isPast = async ({ messageIds }: { messageIds: readonly string[] }) => {
      const ids = messageIds.map((id) => id.replace(/#[0-9a-f]{64}$/, ''))
      return (await parts.deadLetters.dealtWith(ids)).size === ids.length
    }
    redelivery = run
    const goesOn = await recallOpenAttempts(run, { isPast, mayComeWhole: () => false })
    // A person may still send it: what is sent by his decision has no age.
    if (goesOn && (await askBeforeResending(run)) === 'known') await deliverPending(run, { expires: false })
    // A person decides about it anew: what is to be asked then is kept with the dead letter.
    for (const [id, slots] of run.live) {
      if (slots.every((slot) => slot.outcome?.state === 'parked')) await attempts.end(receiver.name, id)
    }
    return run.slots[0]?.outcome ?? null
  }

  return {
    deliver,
    redeliver,
    get paused() {
      return parts.breaker.paused
    },
    get retryAt() {
      return parts.breaker.retryAt
    },
  }
}

function resultOf(slots: readonly Slot[], finished: number): DeliveryResult {
  return { finished, outcomes: slots.slice(0, finished).flatMap(({ outcome }) => outcome ?? []) }
}
