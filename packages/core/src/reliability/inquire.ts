import { PortreeveError } from '@portreeve/errors'
import type { SlotBatch } from './attempts.ts'
import { reasonOf, type Slot } from './delivery-message.ts'
import { type DeliveryRun, idsOf, moveAside } from './delivery-run.ts'
import { type Failure, pausesReceiver } from './failure-class.ts'
import { answerOf, isAdapterFault } from './receiver.ts'
import { nextRetry, type Retry } from './retry.ts'
import { type SentBatch, sentBatchOf } from './sent-batch.ts'
import { takeVerdicts } from './take-verdicts.ts'

export interface InquireOptions {
  /** False: only after a pause. */
  readonly atOnce: boolean
  /** What is to be asked about when a person holds it and lets it go. Default: the batch itself. */
  readonly sentAs?: SentBatch
  /** How often the receiver has to say that it never saw a message. Default: once where it recognises a repeat, else twice. */
  readonly denialsNeeded?: number
}

/**
 * Asks what became of a batch until it is known of every message, with back-off. Asks by `lookup`; without it, sends the
 * same batch id again where that is safe. A look-up that brings no answer pauses the receiver, however long. What stays
 * unknown although it answers goes to a person: it is never sent again by itself.
 */
export async function inquire(
  run: DeliveryRun,
  batch: SlotBatch,
  asked: ReadonlyMap<Slot, Failure>,
  options: InquireOptions,
): Promise<'known' | 'stopped'> {
  const { receiver, breaker, clock, limits, retry: policy, onEvent } = run.parts
  const call = receiver.lookup ? 'lookup' : receiver.idempotentSend ? 'send' : null
  // What is sent may still be on its way in when the receiver is first asked; sent again, it would count twice.
  const { atOnce, sentAs = sentBatchOf(batch), denialsNeeded = receiver.idempotentSend ? 1 : 2 } = options
  const unknown = new Map(asked)
  const denials = new Map<Slot, number>()
  const [why] = unknown.values()
  const code = why?.error.code
  onEvent({
    kind: 'unknown',
    batchId: batch.id,
    messageIds: idsOf(unknown.keys()),
    ...(code !== undefined && { code }),
  })
  let retry: Retry | null = null
  for (let asks = 0; unknown.size > 0; ) {
    if (call === null || asks >= limits.maxAsks) {
      await moveAside(
        run,
        new Map([...unknown].map(([slot, failure]) => [slot, unknownOutcome(run, failure)])),
        batch.id,
        sentAs,
      )
      return 'known'
    }
    if (!atOnce || asks > 0 || retry !== null) {
      retry = nextRetry(policy, retry)
      await clock.sleep(retry.delayMs, run.signal)
    }
    const pass = await breaker.enter(run.signal)
    if (pass === null) return 'stopped'
    const { verdicts, thrown } = await answerOf(receiver, call, batch, clock, run.signal)
    onEvent({ kind: 'asked', batchId: batch.id, messageIds: idsOf(unknown.keys()) })
    const { settled, notTaken, unknown: still } = takeVerdicts(batch, verdicts)
    const putOff = [...notTaken.values()].filter(pausesReceiver)
    const down = thrown ?? (call === 'send' && putOff.length === verdicts.length ? putOff[0] : undefined)
    if (down !== undefined && (pausesReceiver(down) || (call === 'lookup' && !isAboutBatch(down)))) {
      // It is down: that says nothing about what was sent before, and is no answer to be counted.
      if (run.signal.aborted) pass.undecided()
      else pass.failed(down)
      continue
    }
    asks++
    if (settled > 0) pass.succeeded()
    else pass.undecided()
    // Nor does a second sending that failed here.
    if (thrown !== null) continue
    for (const slot of unknown.keys()) {
      const failure = still.get(slot)
      if (failure !== undefined) unknown.set(slot, failure)
      else if (notTaken.has(slot)) denials.set(slot, (denials.get(slot) ?? 0) + 1)
      if (slot.outcome !== null || (denials.get(slot) ?? 0) >= denialsNeeded) unknown.delete(slot)
    }
  }
  return 'known'
}

/** True of a failed look-up that would fail in the same way for ever; any other one only brought no answer. */
function isAboutBatch(failure: Failure): boolean {
  return failure.failureClass === 'message-bad' || isAdapterFault(failure)
}

export function unknownOutcome(run: DeliveryRun, { error }: Failure): { code: string; reason: string } {
  const details = { receiver: run.parts.receiver.name, fault: error.message }
  return reasonOf(new PortreeveError('PRV_CORE_OUTCOME_UNKNOWN', details))
}
