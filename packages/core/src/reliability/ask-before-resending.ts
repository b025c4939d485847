import { PortreeveError } from '@portreeve/errors'
import type { SlotBatch } from './attempts.ts'
import type { DeliveryMessage, Slot } from './delivery-message.ts'
import type { DeliveryRun } from './delivery-run.ts'
import { failureOf } from './failure-class.ts'
import { inquire } from './inquire.ts'
import type { SentBefore } from './sent-batch.ts'

/**
 * Asks what became of a dead letter under the batch that it was sent in before: what was taken is not sent again, and what
 * stays unknown is held again. Of a receiver that cannot be asked, the person's word counts.
 */
export async function askBeforeResending(run: DeliveryRun): Promise<'known' | 'stopped'> {
  const { receiver, limits } = run.parts
  for (const slot of run.slots) {
    const { sentBefore } = slot.item
    if (slot.outcome !== null || sentBefore === undefined || receiver.lookup === undefined) continue
    const why = failureOf(new PortreeveError('PRV_CORE_ASKED_AGAIN', { receiver: receiver.name }).toJSON())
    const asking = inquire(run, batchSentBefore(sentBefore, slot), new Map([[slot, why]]), {
      atOnce: true,
      sentAs: sentBefore.batch,
      // Under another id, nothing would tell a repeat from the one that is still on its way in.
      denialsNeeded: Math.min(2, limits.maxAsks),
    })
    if ((await asking) === 'stopped') return 'stopped'
  }
  return 'known'
}

/** The batch as it was; only what the answer says of this one message counts. */
function batchSentBefore({ batch, messages }: SentBefore, slot: Slot): SlotBatch {
  const { id } = slot.item.message.envelope
  const slots = messages.map((message): Slot => {
    if (message.envelope.id === id) return slot
    const item: DeliveryMessage = { message, key: '', place: slot.item.place }
    return {
      index: -1,
      item,
      sendId: message.envelope.id,
      outcome: { messageId: message.envelope.id, state: 'recorded', batchId: batch.batchId },
    }
  })
  return { id: batch.batchId, messages, slots }
}
