import { setTimeout as sleep } from 'node:timers/promises'
import type { SentBefore } from '@portreeve/core'
import type { Message } from '@portreeve/envelope'
import type { Log } from '@portreeve/log'
import type { ReleasedMessage, State } from '@portreeve/state'
import { deliveryRecords, toRecorded } from './delivery-record.ts'
import type { BrokerEvents } from './events.ts'
import type { ReceiverConsumer } from './receiver-consumer.ts'
import { recordAt } from './record-at.ts'

const lookEveryMs = 1000

/**
 * Sends again what a person has released, one message at a time, the oldest of a key first. What may have been taken before
 * is asked about under the batch that it was in.
 */
export async function redeliverUntilStopped(
  consumer: ReceiverConsumer,
  parts: { log: Log; state: State; events: BrokerEvents; signal: AbortSignal },
): Promise<void> {
  const { log, state, events, signal } = parts
  while (!signal.aborted) {
    try {
      const released = await state.parked.nextReleased(consumer.name)
      if (released) await redeliver(consumer, released, parts)
      else await consumer.released.wait(lookEveryMs, signal)
      events.recovered(`dead letters of ${consumer.name}`)
    } catch (error) {
      if (signal.aborted) return
      events.failed(`dead letters of ${consumer.name}`, error)
      await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined)
    }
  }

  async function redeliver(to: ReceiverConsumer, released: ReleasedMessage, { signal }: typeof parts) {
    const sentBefore = released.sentAs && (await readSentBefore(to, released.sentAs))
    const message = {
      ...to.toDeliver(await recordAt(log, released.place), released.editedBody),
      ...(sentBefore && { sentBefore }),
    }
    const outcome = await to.delivery.redeliver(message, signal)
    const outcomes = outcome === null ? [] : [outcome]
    const records = [...(await deliveryRecords(toRecorded(outcomes), to.recording)), ...to.notices([message], outcomes)]
    await to.told()
    if (records.length > 0) await log.append(records)
    for (const { messageId, state: became } of outcomes) {
      if (became !== 'parked') await state.parked.settle(to.name, messageId)
    }
    if (outcomes.length > 0) events.delivered({ receiver: to.name, outcomes })
  }

  async function readSentBefore(
    to: ReceiverConsumer,
    batch: NonNullable<ReleasedMessage['sentAs']>,
  ): Promise<SentBefore> {
    const { topic, partition, offsets, editedBody } = batch
    const messages: Message[] = []
    for (const offset of offsets) {
      messages.push(to.toDeliver(await recordAt(log, { topic, partition, offset }), editedBody).message)
    }
    return { batch, messages }
  }
}
