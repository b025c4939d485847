import { setTimeout as sleep } from 'node:timers/promises'
import type { DeliveryMessage } from '@portreeve/core'
import type { Log } from '@portreeve/log'
import type { ReleasedMessage, State } from '@portreeve/state'
import { deliveryRecords, toRecorded } from './delivery-record.ts'
import type { BrokerEvents } from './events.ts'
import { fromRecord } from './message-record.ts'
import type { ReceiverConsumer } from './receiver-consumer.ts'

const lookEveryMs = 1000

/** Sends again what a person has released, one message at a time, the oldest of a key first. */
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
    const message = await toDeliver(log, released)
    const { outcomes } = await to.delivery.redeliver([message], signal)
    const records = await deliveryRecords(toRecorded(outcomes), to.recording)
    await to.told()
    if (records.length > 0) await log.append(records)
    for (const { messageId, state: became } of outcomes) {
      if (became !== 'parked') await state.parked.settle(to.name, messageId)
    }
    if (outcomes.length > 0) events.delivered({ receiver: to.name, outcomes })
  }
}

async function toDeliver(log: Log, released: ReleasedMessage): Promise<DeliveryMessage> {
  const { key, place, editedBody } = released
  const { records } = await log.read({
    topic: place.topic,
    partition: place.partition,
    from: place.offset,
    maxRecords: 1,
  })
  const [record] = records
  if (record?.offset !== place.offset) throw new TypeError('retention took a record that a dead letter holds')
  const { envelope, body } = fromRecord(record)
  return { message: { envelope, body: editedBody ?? body }, key, place, edited: editedBody !== null }
}
