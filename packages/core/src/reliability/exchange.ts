import { PortreeveError } from '@portreeve/errors'
import { batchOf, beginAttempt, endAttempt, type SlotBatch } from './attempts.ts'
import { reasonOf, type Slot } from './delivery-message.ts'
import { type DeliveryRun, idsOf, moveAside, settle } from './delivery-run.ts'
import { type Failure, pausesReceiver } from './failure-class.ts'
import { answerOf, isAdapterFault, type Verdict } from './receiver.ts'
import { nextRetry, type Retry } from './retry.ts'
import { type SentBatch, sentBatchOf } from './sent-batch.ts'
import { takeTurn } from './turn.ts'

/** What is left of a batch after an answer. */
interface Remainder {
  readonly settled: number
  readonly refused: number
  readonly notTaken: ReadonlyMap<Slot, Failure>
  readonly unknown: ReadonlyMap<Slot, Failure>
}

/** Sends one batch, or as much of it as may go now, and stays with it until nothing about it is unknown, or the run is stopped. */
export async function exchange(run: DeliveryRun, wanted: readonly Slot[]): Promise<void> {
  const turn = await takeTurn(run, wanted)
  if (turn === null) return
  const { slots, pass } = turn
  const { receiver, clock, onEvent } = run.parts
  const batch = batchOf(receiver.name, slots)
  try {
    await beginAttempt(run, batch)
  } catch (error) {
    turn.end(0)
    pass.undecided()
    throw error
  }
  const { verdicts, thrown } = await answerOf(receiver, 'send', batch, clock, run.signal)
  const { settled, refused, notTaken, unknown } = take(batch, verdicts)
  turn.end(settled)
  onEvent({ kind: 'sent', batchId: batch.id, messageIds: idsOf(slots) })

  const failures = [...notTaken.values()]
  const bad = new Map([...notTaken].filter(([, failure]) => failure.failureClass === 'message-bad'))
  const reason = failures.find(pausesReceiver) ?? (settled + bad.size + unknown.size === 0 ? failures[0] : undefined)
  if (settled > 0 && reason === undefined) pass.succeeded()
  // What failed because we stop says nothing about the receiver.
  else if (reason === undefined || run.signal.aborted) pass.undecided()
  else pass.failed(reason)

  if (bad.size > 0) await isolate(run, batch, bad, { thrown: thrown !== null, refused: refused > 0 })
  const [why] = unknown.values()
  if (why !== undefined && (await inquire(run, batch, unknown, { atOnce: false })) === 'stopped') return
  if (!surelyUntouched(batch)) {
    run.again.delete(batch.id)
    return
  }
  if (why !== undefined && receiver.lookup) run.again.set(batch.id, slots)
  if (!run.again.has(batch.id)) await endAttempt(run, batch.id)
  if (why !== undefined) await paceAfter(run, batch, why)
}

/** Finds the message that cannot be sent. A batch of several is sent in smaller ones first: one of them may spoil the rest. */
async function isolate(
  run: DeliveryRun,
  batch: SlotBatch,
  bad: ReadonlyMap<Slot, Failure>,
  { thrown, refused }: { thrown: boolean; refused: boolean },
): Promise<void> {
  const isAlone = batch.slots.length === 1
  if (!isAlone && thrown) run.cap = Math.ceil(batch.slots.length / 2)
  else if (isAlone || !refused) {
    await moveAside(run, new Map([...bad].map(([slot, failure]) => [slot, reasonOf(failure.error)])), batch.id)
    run.cap = Number.POSITIVE_INFINITY
  }
}

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
    const { settled, notTaken, unknown: still } = take(batch, verdicts)
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

/** Gives the messages of the batch that have none yet their outcomes. */
function take(batch: SlotBatch, verdicts: readonly Verdict[]): Remainder {
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

/** After an unknown outcome that turned out as not taken: not at full speed into the same again, nor for ever. */
async function paceAfter(run: DeliveryRun, batch: SlotBatch, why: Failure): Promise<void> {
  const { breaker, limits } = run.parts
  if (isAdapterFault(why)) {
    const faults = (run.faults.get(batch.id) ?? 0) + 1
    run.faults.set(batch.id, faults)
    if (faults >= limits.maxFaults) {
      const [only, ...others] = batch.slots.filter((slot) => slot.outcome === null)
      if (only !== undefined && others.length === 0) {
        await moveAside(run, new Map([[only, reasonOf(why.error)]]), batch.id)
        run.cap = Number.POSITIVE_INFINITY
        return
      }
      run.cap = Math.ceil(batch.slots.length / 2)
    }
  }
  breaker.pause(why)
}

/** True of a failed look-up that would fail in the same way for ever; any other one only brought no answer. */
function isAboutBatch(failure: Failure): boolean {
  return failure.failureClass === 'message-bad' || isAdapterFault(failure)
}

function surelyUntouched({ slots }: SlotBatch): boolean {
  return slots.every(({ outcome }) => outcome === null || (outcome.state === 'parked' && !isUnknown(outcome.code)))
}

function isUnknown(code: string | undefined): boolean {
  return code === 'PRV_CORE_OUTCOME_UNKNOWN'
}

export function unknownOutcome(run: DeliveryRun, { error }: Failure): { code: string; reason: string } {
  const details = { receiver: run.parts.receiver.name, fault: error.message }
  return reasonOf(new PortreeveError('PRV_CORE_OUTCOME_UNKNOWN', details))
}
