import { type DeliveryOutcome, type DeliveryRecorded, readDeliveryRecorded } from './delivery-recorded.ts'
import type { EarlyOutcomes } from './early-outcomes.ts'
import type { Position } from './ledger-record.ts'
import type { Messages } from './messages.ts'
import type { Oddities } from './oddities.ts'
import { foldOutcome } from './outcome-fold.ts'
import type { Pairs } from './pairs.ts'

export interface DeliveryParts {
  readonly messages: Messages
  readonly pairs: Pairs
  readonly early: EarlyOutcomes
  readonly oddities: Oddities
}

/** Applies what was recorded about a batch to its pairs. What cannot be followed is kept as an oddity, never thrown. */
export function deliveriesTo(parts: DeliveryParts): (place: Position, body: Uint8Array) => void {
  const { messages, pairs, early, oddities } = parts

  function apply(place: Position, event: DeliveryRecorded, outcome: DeliveryOutcome): void {
    const { receiver } = event
    const { messageId } = outcome
    const message = messages.find(messageId)
    const before = message ? pairs.stateOf(message, receiver) : early.stateOf(messageId, receiver)
    const { transition, after } = foldOutcome(before ?? { state: 'waiting', since: null }, event, outcome)
    if (transition === 'illegal') {
      oddities.add('illegal-transition', place, `${before?.state} -> ${outcome.state}`, messageId, receiver)
    }
    if (after === null) return
    if (message) pairs.put(message, receiver, before?.state, after)
    else early.keep(messageId, receiver, Date.parse(event.at), after)
  }

  return (place, body) => {
    const event = readDeliveryRecorded(body)
    if (event === null) oddities.add('unreadable-delivery-record', place, 'body')
    else for (const outcome of event.outcomes) apply(place, event, outcome)
  }
}
