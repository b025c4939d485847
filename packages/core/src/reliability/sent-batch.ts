import type { Message } from '@portreeve/envelope'
import type { Attempt, SlotBatch } from './attempts.ts'
import type { Slot } from './delivery-message.ts'

/** A batch as it was sent, to be asked about later. Its bodies stand in the log, in one partition. */
export interface SentBatch {
  readonly batchId: string
  readonly topic: string
  readonly partition: number
  /** Of its messages, in their order. */
  readonly offsets: readonly number[]
  /** True when its one message went with the body that a person had put in place last. */
  readonly edited: boolean
}

/** A batch with its messages as they were sent, read back. */
export interface SentBefore {
  readonly batch: SentBatch
  /** One for each offset. */
  readonly messages: readonly Message[]
}

export function sentBatchOf({ id, slots }: SlotBatch): SentBatch | undefined {
  return sentBatch(
    id,
    slots,
    slots.map(({ item }) => item.place.offset),
  )
}

/** `slots`: those of its messages that are at hand. `undefined` for an attempt of an earlier version. */
export function sentBatchOfAttempt({ batchId, offsets }: Attempt, slots: readonly Slot[]): SentBatch | undefined {
  return offsets === null ? undefined : sentBatch(batchId, slots, offsets)
}

function sentBatch(batchId: string, slots: readonly Slot[], offsets: readonly number[]): SentBatch | undefined {
  const [first] = slots
  if (first === undefined) return undefined
  const { topic, partition } = first.item.place
  return { batchId, topic, partition, offsets, edited: first.item.edited ?? false }
}
