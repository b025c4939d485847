import { PortreeveError } from '@portreeve/errors'
import { type DeliveryState, deliveryStates } from '@portreeve/model'

/** Where a message stands with one receiver: it is in exactly one of these states. */
export const pairStates = deliveryStates

/**
 * - `waiting`: to be sent, or to be sent again.
 * - `delivered`: the receiver has it.
 * - `refused`: the receiver looked at it and said no.
 * - `unknown`: sent, and the receiver has not said whether it took it; it is being asked.
 * - `parked`: cannot be sent; a person must decide.
 * - `not-concerned`: a filter or router decided that it is not for this receiver.
 * - `discarded`: a person decided that it is not to be sent.
 */
export type PairState = DeliveryState

/**
 * From where to where. What is delivered stays delivered. What was refused may be taken up by a person, or be
 * delivered after an edit.
 */
const legal: Readonly<Record<PairState, readonly PairState[]>> = {
  waiting: ['delivered', 'refused', 'unknown', 'parked', 'not-concerned', 'discarded'],
  unknown: ['delivered', 'refused', 'waiting', 'parked', 'discarded'],
  parked: ['delivered', 'refused', 'waiting', 'unknown', 'discarded'],
  refused: ['delivered', 'parked'],
  delivered: [],
  'not-concerned': [],
  discarded: [],
}

/**
 * `change`: the pair enters the new state. `repeat`: it is in that state already. `illegal`: nothing is changed, and
 * that it was asked for is kept as an oddity.
 */
export type Transition = 'change' | 'repeat' | 'illegal'

export function transition(from: PairState, to: PairState): Transition {
  if (from === to) return 'repeat'
  return legal[from].includes(to) ? 'change' : 'illegal'
}

export function isPairState(text: unknown): text is PairState {
  return pairStates.some((state) => state === text)
}

/** A state as it is read back. Throws `PRV_LEDGER_ROW_DAMAGED`. */
export function pairStateOf(text: string): PairState {
  if (isPairState(text)) return text
  throw new PortreeveError('PRV_LEDGER_ROW_DAMAGED', { found: text })
}
