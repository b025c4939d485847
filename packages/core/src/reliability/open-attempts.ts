import { PortreeveError } from '@portreeve/errors'
import { type Attempt, batchOf } from './attempts.ts'
import type { Slot } from './delivery-message.ts'
import { type DeliveryRun, moveAside } from './delivery-run.ts'
import { type Failure, failureOf } from './failure-class.ts'
import { inquire, unknownOutcome } from './inquire.ts'
import { sentBatchOfAttempt } from './sent-batch.ts'

export interface RecallOptions {
  /** True when nothing of the attempt is of any interest to a later run. */
  readonly isPast: (attempt: Attempt) => Promise<boolean> | boolean
  /** True while it is worth waiting for the rest of a batch that was handed over in part. */
  readonly mayComeWhole: (attempt: Attempt) => boolean
}

/**
 * What was on its way when the process died: before anything is sent, each open batch is asked about, oldest first.
 * Returns false when the run was stopped meanwhile.
 */
export async function recallOpenAttempts(run: DeliveryRun, options: RecallOptions): Promise<boolean> {
  const { attempts, receiver } = run.parts
  const bySendId = new Map(run.slots.map((slot) => [slot.sendId, slot]))
  for (const attempt of await attempts.openAttempts(receiver.name, run.lane.topic, run.lane.partition)) {
    const mine = attempt.messageIds.flatMap((id) => bySendId.get(id) ?? [])
    const [first] = mine
    if (first === undefined) {
      if (await options.isPast(attempt)) await attempts.end(receiver.name, attempt.batchId)
    } else if (mine.length === attempt.messageIds.length) {
      if ((await recallWhole(run, attempt, mine)) === 'stopped') return false
    } else if (options.mayComeWhole(attempt)) {
      run.live.set(attempt.batchId, run.slots.slice(first.index))
      run.blockedFrom = Math.min(run.blockedFrom, first.index)
    } else {
      await holdForPerson(run, attempt, mine)
    }
  }
  return true
}

async function recallWhole(run: DeliveryRun, attempt: Attempt, slots: readonly Slot[]): Promise<'known' | 'stopped'> {
  run.live.set(attempt.batchId, slots)
  const open = slots.filter((slot) => slot.outcome === null)
  if (open.length === 0) return 'known'
  // Sent again, the batch would take along what a person holds, or has dealt with meanwhile.
  if (!run.parts.receiver.lookup && open.length < slots.length) {
    await holdForPerson(run, attempt, open)
    return 'known'
  }
  const batch = batchOf(run.parts.receiver.name, slots, attempt.batchId)
  const asked = new Map(open.map((slot) => [slot, interrupted(run)]))
  if ((await inquire(run, batch, asked, { atOnce: true })) === 'stopped') return 'stopped'
  if (slots.every((slot) => slot.outcome === null)) run.again.set(attempt.batchId, slots)
  return 'known'
}

async function holdForPerson(run: DeliveryRun, attempt: Attempt, slots: readonly Slot[]): Promise<void> {
  const open = slots.filter((slot) => slot.outcome === null)
  if (open.length === 0) return
  const why = unknownOutcome(run, interrupted(run))
  const failures = new Map(open.map((slot) => [slot, why]))
  await moveAside(run, failures, attempt.batchId, sentBatchOfAttempt(attempt, slots))
}

function interrupted(run: DeliveryRun): Failure {
  return failureOf(new PortreeveError('PRV_CORE_INTERRUPTED', { receiver: run.parts.receiver.name }).toJSON())
}
