import { PortreeveError } from '@portreeve/errors'
import { batchId } from '../routing/aggregator.ts'
import { endAttempt } from './attempts.ts'
import { reasonOf, type Slot } from './delivery-message.ts'
import { type DeliveryRun, idsOf, moveAside, nextSlots, settle } from './delivery-run.ts'
import { exchange } from './exchange.ts'

/** After a crash, messages come again that were moved aside before it, or even dealt with since. */
export async function takeKnown(run: DeliveryRun): Promise<void> {
  const { deadLetters } = run.parts
  const ids = run.slots.map((slot) => slot.item.message.envelope.id)
  const dealtWith = await deadLetters.dealtWith(ids)
  const waiting = await deadLetters.waiting(ids)
  for (const slot of run.slots) {
    const id = slot.item.message.envelope.id
    const failure = waiting.get(id)
    if (failure !== undefined) settle(slot, { state: 'parked', ...failure }, soleBatchId(run, slot))
    else if (dealtWith.has(id)) settle(slot, { state: 'recorded' }, soleBatchId(run, slot))
  }
}

/** Sends what has no outcome yet, batch after batch. `expires`: not what is too old by then. */
export async function deliverPending(run: DeliveryRun, { expires }: { expires: boolean }): Promise<void> {
  while (!run.signal.aborted) {
    await queueBehind(run)
    await endCutUp(run)
    if (expires) await expire(run)
    const slots = nextSlots(run)
    if (slots.length === 0) return
    await exchange(run, slots)
  }
}

async function expire(run: DeliveryRun): Promise<void> {
  const { receiver, clock, limits } = run.parts
  const before = clock.now().getTime() - limits.expireAfterMs
  const maybeTaken = new Set([...run.again.values()].flat())
  const old = run.slots.filter((slot) => {
    const { outcome, index, item } = slot
    if (outcome !== null || index >= run.blockedFrom || maybeTaken.has(slot)) return false
    return Date.parse(item.message.envelope.time) < before
  })
  const [oldest] = old
  if (oldest === undefined) return
  const hours = Math.round(limits.expireAfterMs / 3600) / 1000
  const failure = reasonOf(new PortreeveError('PRV_CORE_EXPIRED', { receiver: receiver.name, hours }))
  await moveAside(run, new Map(old.map((slot) => [slot, failure])), soleBatchId(run, oldest))
}

/** What cannot go again as it was goes in other batches: left open, it would be asked about instead of these. */
async function endCutUp(run: DeliveryRun): Promise<void> {
  for (const [id, slots] of run.again) {
    const isWhole = slots.every(({ outcome, index }) => outcome === null && index < run.blockedFrom)
    if (isWhole && slots.length <= run.cap) continue
    run.again.delete(id)
    await endAttempt(run, id)
  }
}

async function queueBehind(run: DeliveryRun): Promise<void> {
  const behind = run.slots.filter(
    ({ outcome, index, item }) => outcome === null && index < run.blockedFrom && run.parkedKeys.has(item.key),
  )
  if (behind.length === 0) return
  const { receiver, deadLetters, onEvent } = run.parts
  await deadLetters.park(behind.map(({ item }) => ({ item, failure: null })))
  const id = batchId(
    receiver.name,
    behind.map((slot) => slot.sendId),
  )
  for (const slot of behind) settle(slot, { state: 'parked', ...deadLetters.queuedBehind }, id)
  onEvent({ kind: 'queued', batchId: id, messageIds: idsOf(behind) })
}

function soleBatchId({ parts }: DeliveryRun, slot: Slot): string {
  return batchId(parts.receiver.name, [slot.sendId])
}
