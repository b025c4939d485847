import type { Database } from '@portreeve/database'
import { type PairState, pairStateOf } from './pair-state.ts'

/** How many messages of a type are in a state at a receiver. */
export interface CountedPairs {
  readonly type: string
  readonly receiver: string
  readonly state: PairState
  readonly messages: number
}

/** Only what is not 0. */
export function countsIn(database: Database): () => readonly CountedPairs[] {
  const select = database.prepare(
    'SELECT type, receiver, state, pairs AS messages FROM pair_counts ORDER BY type, receiver, state',
    { type: 'text', receiver: 'text', state: 'text', messages: 'integer' },
  )
  return () => select.all().map((row) => ({ ...row, state: pairStateOf(row.state) }))
}
