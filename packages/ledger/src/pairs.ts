import type { Database } from '@portreeve/database'
import type { PairFacts } from './outcome-fold.ts'
import type { PairCounts } from './pair-counts.ts'
import { type PairState, pairStateOf } from './pair-state.ts'

/** A message that the ledger knows: its row number, type, and when it was accepted. */
export interface KnownMessage {
  readonly number: number
  readonly type: string
  /** Milliseconds since 1970. */
  readonly time: number
}

/** The pairs of message and receiver, and their counts, which change together. */
export interface Pairs {
  /** Nothing happens when the pair is there already. */
  addWaiting(message: KnownMessage, receiver: string): void
  stateOf(message: KnownMessage, receiver: string): { state: PairState; since: number } | undefined
  /** `before` is what `stateOf` answered. */
  put(message: KnownMessage, receiver: string, before: PairState | undefined, facts: PairFacts): void
}

export function pairsIn(database: Database, counts: PairCounts): Pairs {
  const insertWaiting = database.prepare(
    `INSERT INTO pairs (message, receiver, state, since) VALUES (?, ?, 'waiting', ?) ON CONFLICT DO NOTHING`,
  )
  const select = database.prepare('SELECT state, since FROM pairs WHERE message = ? AND receiver = ?', {
    state: 'text',
    since: 'integer',
  })
  const upsert = database.prepare(
    `INSERT INTO pairs (message, receiver, state, since, route, batch_id, code, reason, proof)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state, since = excluded.since, route = excluded.route,
       batch_id = excluded.batch_id, code = excluded.code, reason = excluded.reason, proof = excluded.proof`,
  )
  return {
    addWaiting({ number, type, time }, receiver) {
      if (insertWaiting.run(number, receiver, time) === 1) counts.add(type, receiver, 'waiting', 1)
    },
    stateOf({ number }, receiver) {
      const row = select.get(number, receiver)
      return row && { state: pairStateOf(row.state), since: row.since }
    },
    put({ number, type, time }, receiver, before, { state, since, route, batchId, code, reason, proof }) {
      upsert.run(number, receiver, state, since ?? time, route, batchId, code, reason, proof)
      if (before !== undefined) counts.add(type, receiver, before, -1)
      counts.add(type, receiver, state, 1)
    },
  }
}
