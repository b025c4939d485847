import type { Database } from '@portreeve/database'
import { wantsAttention } from './migrations.ts'
import { type PairState, pairStateOf } from './pair-state.ts'

/** How many messages of a type are in a state at a receiver. */
export interface CountedPairs {
  readonly type: string
  readonly receiver: string
  readonly state: PairState
  readonly messages: number
}

/** The message that the ledger has known longest of those that wait for a receiver. */
export interface OldestWaiting {
  readonly receiver: string
  readonly messageId: string
  readonly reference: string
  readonly since: Date
}

export interface Counts {
  /** Only what is not 0. */
  counts(): readonly CountedPairs[]
  /** One entry per receiver that has any. */
  oldestWaiting(): readonly OldestWaiting[]
}

export function countsIn(database: Database): Counts {
  const select = database.prepare(
    'SELECT type, receiver, state, pairs AS messages FROM pair_counts ORDER BY type, receiver, state',
    { type: 'text', receiver: 'text', state: 'text', messages: 'integer' },
  )
  const receivers = database.prepare(`SELECT DISTINCT receiver FROM pair_counts WHERE state = 'waiting' ORDER BY 1`, {
    receiver: 'text',
  })
  const oldest = database.prepare(
    `SELECT p.receiver, m.id AS messageId, m.reference, p.since FROM pairs AS p JOIN messages AS m ON m.number = p.message
     WHERE p.receiver = ? AND p.state = 'waiting' AND p.${wantsAttention} ORDER BY p.message LIMIT 1`,
    { receiver: 'text', messageId: 'text', reference: 'text', since: 'integer' },
  )
  return {
    counts: () => select.all().map((row) => ({ ...row, state: pairStateOf(row.state) })),
    oldestWaiting: () =>
      receivers
        .all()
        .flatMap(({ receiver }) => oldest.all(receiver))
        .map((row) => ({ ...row, since: new Date(row.since) })),
  }
}
