import { setTimeout as sleep } from 'node:timers/promises'
import type { DeliveryOutcome, SentBefore } from '@portreeve/core'
import type { Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import type { Log, LogRecord } from '@portreeve/log'
import type { ReleasedMessage, State } from '@portreeve/state'
import { deliveryRecords, type Outcome, toRecorded } from './delivery-record.ts'
import type { BrokerEvents } from './events.ts'
import { deliveryNews } from './process/delivery-news.ts'
import type { MessageToDeliver, ReceiverConsumer } from './receiver-consumer.ts'
import { isUnreadable, recordAt } from './record-at.ts'

const lookEveryMs = 1000

/**
 * Does what a person has decided about dead letters, one message at a time, the oldest of a key first: discards it, or sends
 * it again. What may have been taken before is asked about under the batch that it was in. What became of it is kept beside it
 * before it is told in the log, and only then settled: after a crash it is told again, but not sent again.
 */
export async function redeliverUntilStopped(
  consumer: ReceiverConsumer,
  { log, state, events, signal }: { log: Log; state: State; events: BrokerEvents; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      const released = await state.parked.nextReleased(consumer.name, consumer.held)
      if (released && (await isRecordedAsParked(released))) await dealWith(released, whileHeld(released))
      else await consumer.released.wait(lookEveryMs, signal)
      events.recovered(`dead letters of ${consumer.name}`)
    } catch (error) {
      if (signal.aborted) return
      events.failed(`dead letters of ${consumer.name}`, error)
      await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Once its partition has gone to another worker, that one sends it. */
  function whileHeld({ place }: ReleasedMessage): AbortSignal {
    const held = consumer.held?.find(({ topic, partition }) => topic === place.topic && partition === place.partition)
    return held ? AbortSignal.any([signal, held.signal]) : signal
  }

  /** That a message is parked is told with the group's position, and must stand before what became of it then. */
  async function isRecordedAsParked({ place: { topic, partition, offset } }: ReleasedMessage): Promise<boolean> {
    const positions = await log.positions(consumer.name)
    return positions.some((at) => at.topic === topic && at.partition === partition && at.offset > offset)
  }

  async function dealWith(released: ReleasedMessage, signal: AbortSignal): Promise<void> {
    const { outcomes, notices } = released.discarded ? discarded(released) : await sendAgain(released, signal)
    await consumer.told()
    const records = [...(await deliveryRecords(outcomes, consumer.recording)), ...notices]
    if (records.length > 0) await log.append(records)
    for (const { messageId, state: became } of outcomes) {
      if (became !== 'parked') await state.parked.settle(consumer.name, messageId)
    }
    const told = outcomes.map((outcome) => ({ ...outcome, reference: released.reference }))
    if (told.length > 0) events.delivered({ receiver: consumer.name, outcomes: told })
  }

  async function sendAgain(released: ReleasedMessage, signal: AbortSignal): Promise<Dealt> {
    const message = await read(released)
    if (released.outcome !== null) return dealt(message, [readOutcome(released.outcome)])
    if (message instanceof PortreeveError) return hold(released, message)
    const had = await consumer.hadBefore(message, signal)
    return had ? { outcomes: toRecorded([had]), notices: [] } : dealt(message, await redeliver(message, signal))
  }

  function dealt(message: MessageToDeliver | PortreeveError, outcomes: readonly DeliveryOutcome[]): Dealt {
    const notices =
      message instanceof PortreeveError
        ? []
        : [...consumer.notices([message], outcomes), ...consumer.news([message], outcomes)]
    return { outcomes: toRecorded(outcomes), notices }
  }

  /** With what is to be asked about first. What cannot be read any more is the result, not a rejection. */
  async function read(released: ReleasedMessage): Promise<MessageToDeliver | PortreeveError> {
    try {
      const sentBefore = released.sentAs && (await readSentBefore(released.sentAs))
      const message = consumer.toDeliver(await recordAt(log, released.place), released.editedBody)
      return { ...message, ...(sentBefore && { sentBefore }) }
    } catch (error) {
      if (isUnreadable(error)) return error
      throw error
    }
  }

  /** For a person again, who can only discard it, or mend the log: it must not stop the others for ever. */
  async function hold(released: ReleasedMessage, { code, message: reason }: PortreeveError): Promise<Dealt> {
    const { messageId, sentAs, ...entry } = released
    const failure = { code, reason }
    await state.parked.park(consumer.name, [{ ...entry, messageId, failure, ...(sentAs && { sentAs }) }])
    return { outcomes: [{ messageId, state: 'parked', code, reason, batchId: `unreadable-${messageId}` }], notices: [] }
  }

  async function redeliver(message: MessageToDeliver, signal: AbortSignal): Promise<readonly DeliveryOutcome[]> {
    const outcome = await consumer.redeliver(message, signal)
    if (outcome === null) return []
    if (outcome.state !== 'parked') {
      await state.parked.conclude(consumer.name, outcome.messageId, JSON.stringify(outcome))
    }
    return [outcome]
  }

  async function readSentBefore(batch: NonNullable<ReleasedMessage['sentAs']>): Promise<SentBefore> {
    const { topic, partition, offsets, editedBody } = batch
    const messages: Message[] = []
    for (const offset of offsets) {
      messages.push(consumer.toDeliver(await recordAt(log, { topic, partition, offset }), editedBody).message)
    }
    return { batch, messages }
  }
}

/** As `conclude` was told. */
function readOutcome(text: string): DeliveryOutcome {
  return JSON.parse(text)
}

interface Dealt {
  readonly outcomes: readonly Outcome[]
  readonly notices: readonly LogRecord[]
}

function discarded({ messageId, discarded, key }: ReleasedMessage): Dealt {
  const reason = discarded ? `${discarded.by}: ${discarded.why}` : ''
  const outcome: Outcome = { messageId, state: 'discarded', reason, batchId: `discarded-${messageId}` }
  return { outcomes: [outcome], notices: deliveryNews([{ ...outcome, key }], new Date().toISOString()) }
}
