import { type PairState, pairStates } from './pair-state.ts'

/** The same words as a pair's: a message is where its most pressing receiver is. `recorded`: it has none, and was taken. */
export type MessageState = PairState | 'recorded'

/** A person first, then an open question, then what is on its way; of what is done, the bad news first. */
const rank: Readonly<Record<PairState, number>> = {
  parked: 0,
  unknown: 1,
  waiting: 2,
  refused: 3,
  discarded: 4,
  delivered: 5,
  'not-concerned': 6,
}

export const mostPressingFirst: readonly PairState[] = pairStates.toSorted((one, other) => rank[one] - rank[other])

/** True for a message that tells of something refused, to whoever sent it: a file as a whole, or a part of one. */
export function tellsOfRefusal(type: string): boolean {
  return type.endsWith(refusalEnding)
}

export const refusalEnding = '.refused'

/**
 * The state of a message from those of its pairs: the first of parked, unknown, waiting, refused, discarded, delivered that any
 * pair is in; `not-concerned` when none is; `recorded` of a message that has no receiver at all. So `delivered` means
 * everywhere that it concerns, and `refused` that nothing more happens by itself.
 */
export function messageState(pairs: Iterable<PairState>): MessageState {
  const present = new Set(pairs)
  return mostPressingFirst.find((state) => present.has(state)) ?? 'recorded'
}
