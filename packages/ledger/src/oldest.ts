import type { Database } from '@portreeve/database'
import { wantsAttention } from './migrations.ts'
import type { PairState } from './pair-state.ts'

/** Why a receiver has not got a message. */
export type PendingState = Extract<PairState, 'waiting' | 'unknown' | 'parked'>

/** One step into the index of what wants attention, however much is in it. */
export function oldestIn(database: Database): (receiver: string, state: PendingState) => Date | null {
  const select = database.prepare(
    `SELECT time FROM messages
     WHERE number = (SELECT min(message) FROM pairs WHERE state = ? AND receiver = ? AND ${wantsAttention})`,
    { time: 'integer' },
  )
  return (receiver, state) => {
    const row = select.get(state, receiver)
    return row ? new Date(row.time) : null
  }
}
