import type { PairState } from './pair-state.ts'

/** The same words as a pair's: a message is where its most pressing receiver is. */
export type MessageState = PairState

/** A person first, then an open question, then what is on its way; of what is done, the bad news first. */
export const mostPressingFirst: readonly MessageState[] = [
  'parked',
  'unknown',
  'waiting',
  'refused',
  'discarded',
  'delivered',
]

/**
 * The state of a message from those of its pairs: the first of parked, unknown, waiting, refused, discarded, delivered that any
 * pair is in; `not-concerned` when none is, as with a message that has no receiver at all. So `delivered` means
 * everywhere that it concerns, and `refused` that nothing more happens by itself.
 */
export function messageState(pairs: Iterable<PairState>): MessageState {
  const present = new Set(pairs)
  return mostPressingFirst.find((state) => present.has(state)) ?? 'not-concerned'
}
