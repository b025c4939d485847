import { batchId } from '../routing/aggregator.ts'
import type { Slot } from './delivery-message.ts'
import type { DeliveryRun } from './delivery-run.ts'
import type { SendBatch } from './receiver.ts'

/** A batch that was about to be sent, and of which no outcome has been recorded yet. */
export interface Attempt {
  readonly batchId: string
  readonly messageIds: readonly string[]
  readonly startedAt: Date
  /** 1 for the first. */
  readonly attempt: number
  /** Offset of the batch's last message. */
  readonly lastOffset: number
  /** Of its messages, in their order. `null`: an earlier version did not write them down. */
  readonly offsets: readonly number[] | null
}

/** What is durably known of the batches under way; `state`'s attempts. */
export interface Attempts {
  begin(receiver: string, topic: string, partition: number, attempt: Attempt): Promise<void>
  /** Oldest first. */
  openAttempts(receiver: string, topic: string, partition: number): Promise<readonly Attempt[]>
  /** Idempotent. */
  end(receiver: string, batchId: string): Promise<void>
}

export interface SlotBatch extends SendBatch {
  readonly slots: readonly Slot[]
}

export function batchOf(receiver: string, slots: readonly Slot[], id?: string): SlotBatch {
  return {
    id:
      id ??
      batchId(
        receiver,
        slots.map((slot) => slot.sendId),
      ),
    messages: slots.map((slot) => slot.item.message),
    slots,
  }
}

/** Makes known durably that the batch is about to be sent. */
export async function beginAttempt(run: DeliveryRun, batch: SlotBatch): Promise<void> {
  const { receiver, attempts, clock } = run.parts
  const attempt = (run.tries.get(batch.id) ?? 0) + 1
  run.tries.set(batch.id, attempt)
  run.live.set(batch.id, batch.slots)
  const offsets = batch.slots.map((slot) => slot.item.place.offset)
  await attempts.begin(receiver.name, run.lane.topic, run.lane.partition, {
    batchId: batch.id,
    messageIds: batch.slots.map((slot) => slot.sendId),
    startedAt: clock.now(),
    attempt,
    lastOffset: Math.max(...offsets),
    offsets,
  })
}

/** Only for a batch of which surely nothing was taken: the others stay open until their position has passed. */
export async function endAttempt(run: DeliveryRun, id: string): Promise<void> {
  await run.parts.attempts.end(run.parts.receiver.name, id)
  run.live.delete(id)
}

/**
 * How many slots, from the first, are settled and may be passed: never through the middle of a batch that is still open, for
 * after a crash it can only be asked about as a whole.
 */
export function finishedUpTo(slots: readonly Slot[], live: Iterable<readonly Slot[]>): number {
  const unsettled = slots.findIndex((slot) => slot.outcome === null)
  let finished = unsettled === -1 ? slots.length : unsettled
  const ranges = [...live].map((batch) => batch.map((slot) => slot.index))
  for (let moved = true; moved; ) {
    moved = false
    for (const indexes of ranges) {
      const first = Math.min(...indexes)
      if (first < finished && Math.max(...indexes) >= finished) {
        finished = first
        moved = true
      }
    }
  }
  return finished
}
