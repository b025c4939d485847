import { setTimeout as sleep } from 'node:timers/promises'
import type { Adapter, OutgoingBatch } from '@portreeve/adapter-sdk'
import type { Envelope, Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { type Delivered, type Ledger, repeated } from '@portreeve/ledger'
import { hasRecordsFrom, type Log } from '@portreeve/log'
import { deliveryTopic } from '../topics.ts'

const askAgainMs = 20

/** What a receiver has of a message already, of itself or by a replay; `null`: nothing. Rejects with the signal's reason. */
export type DeliveredBefore = (receiver: string, messageId: string, signal: AbortSignal) => Promise<Delivered | null>

/** By the ledger, once it has read all that is told of deliveries now. */
export function deliveredBefore(
  log: Pick<Log, 'ranges' | 'read'>,
  ledger: Pick<Ledger, 'position' | 'deliveredTo'>,
): DeliveredBefore {
  return async (receiver, messageId, signal) => {
    for (const range of await log.ranges(deliveryTopic)) {
      const isBehind = () =>
        hasRecordsFrom(log, deliveryTopic, range, ledger.position(deliveryTopic, range.partition) ?? 0, signal)
      while (await isBehind()) await sleep(askAgainMs, undefined, { signal })
    }
    return ledger.deliveredTo(receiver, messageId)
  }
}

/** False of a replay for another receiver; whoever repeats something speaks to one alone. */
export function mayBeFor(receiver: string, { replayTo }: Envelope): boolean {
  return replayTo === undefined || replayTo === receiver
}

/** Id of the message that is not to have effect a second time; `undefined` of what is no replay, or is to have effect again. */
export function notAgain({ replayOf, replayAgain }: Envelope): string | undefined {
  return replayAgain === undefined ? replayOf : undefined
}

/** What is told of a replay that came to a receiver which had the message already. */
export function hadBefore(messageId: string, { proof }: Delivered) {
  const { code, message: reason } = new PortreeveError(repeated)
  return {
    messageId,
    state: 'delivered',
    code,
    reason,
    ...(proof !== null && { proof }),
    batchId: `had-${messageId}`,
  } as const
}

/**
 * How many of these messages, from the first, may be dealt with together: what was to be known of a message before it is
 * repeated is not known inside one batch. An absent envelope counts for nothing.
 */
export function untilRepeated(envelopes: readonly (Envelope | undefined)[]): number {
  if (!envelopes.some((envelope) => envelope?.replayOf !== undefined)) return envelopes.length
  const seen = new Set<string>()
  for (const [index, envelope] of envelopes.entries()) {
    if (envelope === undefined) continue
    const { id, replayOf = id } = envelope
    if (seen.has(replayOf)) return index
    seen.add(replayOf)
  }
  return envelopes.length
}

/**
 * Gives an adapter replays under the id of what they repeat, so that a system which recognises our reference takes them once;
 * under their own id when they are to have effect again.
 */
export function underFirstIds({ send, lookup }: Pick<Adapter, 'send' | 'lookup'>): Pick<Adapter, 'send' | 'lookup'> {
  const first = ({ id, messages }: OutgoingBatch): OutgoingBatch => ({ id, messages: messages.map(underFirstId) })
  return {
    ...(send && { send: (batch: OutgoingBatch, signal: AbortSignal) => send(first(batch), signal) }),
    ...(lookup && { lookup: (batch: OutgoingBatch, signal: AbortSignal) => lookup(first(batch), signal) }),
  }
}

function underFirstId(message: Message): Message {
  const id = notAgain(message.envelope)
  return id === undefined ? message : { ...message, envelope: { ...message.envelope, id } }
}
