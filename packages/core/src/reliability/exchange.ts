import { batchOf, beginAttempt, endAttempt, type SlotBatch } from './attempts.ts'
import { reasonOf, type Slot } from './delivery-message.ts'
import { type DeliveryRun, idsOf, moveAside } from './delivery-run.ts'
import { type Failure, pausesReceiver } from './failure-class.ts'
import { inquire } from './inquire.ts'
import { answerOf, isAdapterFault } from './receiver.ts'
import { takeVerdicts } from './take-verdicts.ts'
import { takeTurn } from './turn.ts'

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
  const { settled, refused, notTaken, unknown } = takeVerdicts(batch, verdicts)
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
  if (why !== undefined) run.again.set(batch.id, slots)
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

function surelyUntouched({ slots }: SlotBatch): boolean {
  return slots.every(({ outcome }) => outcome === null || (outcome.state === 'parked' && !isUnknown(outcome.code)))
}

function isUnknown(code: string | undefined): boolean {
  return code === 'PRV_CORE_OUTCOME_UNKNOWN'
}
