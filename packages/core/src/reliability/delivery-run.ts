import type { Candidate } from '@portreeve/model'
import { collect, hasRoomFor, nothingCollected } from '../routing/aggregator.ts'
import type { Attempts } from './attempts.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { Clock } from './clock.ts'
import type { DeadLetterChannel, ParkedFailure } from './dead-letter-channel.ts'
import type { Slot } from './delivery-message.ts'
import type { Receiver } from './receiver.ts'
import type { RetryPolicy } from './retry.ts'
import type { SentBatch } from './sent-batch.ts'
import type { SlowStart } from './slow-start.ts'
import type { Throttle } from './throttle.ts'

export interface DeliveryLimits {
  /** Most messages of a batch. Default: all that are handed over. */
  readonly maxMessages: number
  /** Most bytes of a batch's bodies; a single larger message goes alone. Default: no limit. */
  readonly maxBytes: number
  /** How often a receiver is asked about an unknown outcome before a person is. Default 8. */
  readonly maxAsks: number
  /** How often an adapter may fail in an unforeseen way over the same batch. Default 3. */
  readonly maxFaults: number
  /** Most messages that it is sent within a minute, evenly. Default: no limit. */
  readonly maxPerMinute: number
  /**
   * Message Expiration (EIP): age from which a message that could not be sent goes to a person instead, in milliseconds from its
   * own time. What may have been taken is asked about all the same. Default: never.
   */
  readonly expireAfterMs: number
}

/** Something worth counting; no personal data. */
export interface DeliveryEvent {
  /** `unknown`: sent, and what became of it is to be asked now. */
  readonly kind: 'sent' | 'unknown' | 'asked' | 'parked' | 'queued'
  readonly batchId: string
  readonly messageIds: readonly string[]
  /** Of the catalogue. */
  readonly code?: string
}

/** What every run of one receiver shares. */
export interface DeliveryParts {
  readonly receiver: Receiver
  readonly attempts: Attempts
  readonly deadLetters: DeadLetterChannel
  readonly breaker: CircuitBreaker
  readonly throttle: Throttle
  readonly slowStart: SlowStart
  readonly clock: Clock
  readonly retry: RetryPolicy
  readonly limits: DeliveryLimits
  readonly onEvent: (event: DeliveryEvent) => void
}

/** One call of `deliver` or `redeliver`. */
export interface DeliveryRun {
  readonly parts: DeliveryParts
  /** What the attempts of this run are kept under. */
  readonly lane: { readonly topic: string; readonly partition: number }
  readonly slots: readonly Slot[]
  readonly signal: AbortSignal
  /** Batches that may have been taken, and are recorded nowhere yet. */
  readonly live: Map<string, readonly Slot[]>
  /**
   * Batches that the receiver never saw when it was asked, and that may still be on their way in: they stay open and go again
   * as they were, for a repeat is recognised under the same id only.
   */
  readonly again: Map<string, readonly Slot[]>
  readonly tries: Map<string, number>
  readonly faults: Map<string, number>
  /** Keys whose later messages queue. */
  readonly parkedKeys: Set<string>
  /** Slots from this index on cannot be dealt with yet. */
  blockedFrom: number
  /** Most messages of the next batch, while the one that spoils a batch is being looked for. */
  cap: number
}

export function startRun(
  parts: DeliveryParts,
  lane: DeliveryRun['lane'],
  slots: readonly Slot[],
  signal: AbortSignal,
): DeliveryRun {
  return {
    parts,
    lane,
    slots,
    signal,
    live: new Map(),
    again: new Map(),
    tries: new Map(),
    faults: new Map(),
    parkedKeys: new Set(),
    blockedFrom: Number.POSITIVE_INFINITY,
    cap: Number.POSITIVE_INFINITY,
  }
}

/**
 * The next batch: one that goes again, or from the first message that waits, one of a key unless the receiver keeps the order
 * inside a batch.
 */
export function nextSlots({ parts, slots, again, blockedFrom, cap }: DeliveryRun): readonly Slot[] {
  const [first] = again.values()
  if (first !== undefined) return first
  const { receiver, limits } = parts
  const completeness = { maxMessages: Math.min(limits.maxMessages, cap), maxBytes: limits.maxBytes }
  const batch: Slot[] = []
  const keys = new Set<string>()
  let collected = nothingCollected
  for (const slot of slots) {
    const { key, message } = slot.item
    if (slot.index >= blockedFrom) break
    if (slot.outcome !== null || (keys.has(key) && receiver.keepsOrder !== true)) continue
    if (!hasRoomFor(collected, message.body.byteLength, completeness)) break
    collected = collect(collected, message.body.byteLength)
    keys.add(key)
    batch.push(slot)
  }
  return batch
}

/**
 * Moves messages to the Dead Letter Channel; what waits before one of them with the same key goes along, to keep the order.
 * `sentAs`: the batch that is to be asked about before those that failed are sent again.
 */
export async function moveAside(
  run: DeliveryRun,
  failures: ReadonlyMap<Slot, ParkedFailure>,
  batchId: string,
  sentAs?: SentBatch,
): Promise<void> {
  const { deadLetters, onEvent } = run.parts
  const lastOfKey = new Map([...failures.keys()].map((slot) => [slot.item.key, slot.index]))
  const goesAlong = ({ outcome, index, item }: Slot) =>
    outcome === null && index < run.blockedFrom && index < (lastOfKey.get(item.key) ?? -1)
  const aside = run.slots
    .filter((slot) => failures.has(slot) || goesAlong(slot))
    .map((slot) => {
      const failure = failures.get(slot) ?? null
      return { slot, item: slot.item, failure, ...(failure !== null && sentAs !== undefined && { sentAs }) }
    })
  await deadLetters.park(aside)
  for (const { slot, failure } of aside) {
    run.parkedKeys.add(slot.item.key)
    settle(slot, { state: 'parked', ...(failure ?? deadLetters.queuedBehind) }, batchId)
  }
  const code = failures.values().next().value?.code
  onEvent({ kind: 'parked', batchId, messageIds: idsOf(failures.keys()), ...(code !== undefined && { code }) })
}

export function settle(
  slot: Slot,
  outcome:
    | { state: 'delivered'; proof: string }
    | { state: 'refused' | 'parked'; code: string; reason: string; candidates?: readonly Candidate[] }
    | { state: 'recorded' },
  batchId: string,
): void {
  slot.outcome = { messageId: slot.item.message.envelope.id, ...outcome, batchId }
}

export function idsOf(slots: Iterable<Slot>): readonly string[] {
  return Array.from(slots, ({ item }) => item.message.envelope.id)
}
