import type { SlotBatch } from './attempts.ts'
import type { Slot } from './delivery-message.ts'
import { settle } from './delivery-run.ts'
import type { Failure } from './failure-class.ts'
import type { Verdict } from './receiver.ts'

/** What is left of a batch after an answer. */
export interface Remainder {
  readonly settled: number
  readonly refused: number
  readonly notTaken: ReadonlyMap<Slot, Failure>
  readonly unknown: ReadonlyMap<Slot, Failure>
}

/** Gives the messages of the batch that have none yet their outcomes. */
export function takeVerdicts(batch: SlotBatch, verdicts: readonly Verdict[]): Remainder {
  const remainder = { settled: 0, refused: 0, notTaken: new Map<Slot, Failure>(), unknown: new Map<Slot, Failure>() }
  for (const [position, slot] of batch.slots.entries()) {
    const verdict = verdicts[position]
    if (slot.outcome !== null || verdict === undefined) continue
    if (verdict.state === 'not-taken') remainder.notTaken.set(slot, verdict.failure)
    else if (verdict.state === 'unknown') remainder.unknown.set(slot, verdict.failure)
    else {
      // Field by field: an adapter's outcome may hold more than is to be recorded.
      if (verdict.state === 'delivered') settle(slot, { state: 'delivered', proof: verdict.proof }, batch.id)
      else {
        const { code, reason, candidates } = verdict
        settle(slot, { state: 'refused', code, reason, ...(candidates && { candidates }) }, batch.id)
      }
      remainder.settled++
      if (verdict.state === 'refused') remainder.refused++
    }
  }
  return remainder
}
