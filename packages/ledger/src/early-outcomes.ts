import type { Database } from '@portreeve/database'
import type { PairFacts } from './outcome-fold.ts'
import { type PairState, pairStateOf } from './pair-state.ts'

/** Outcomes whose message the ledger has not read yet: topics are read side by side. */
export interface EarlyOutcomes {
  /** False: there are none, and nobody needs to look. */
  any(): boolean
  stateOf(messageId: string, receiver: string): { state: PairState; since: number | null } | undefined
  keep(messageId: string, receiver: string, at: number, facts: PairFacts): void
  /** Hands over what was kept for the message, and forgets it. */
  take(messageId: string): readonly (PairFacts & { readonly receiver: string })[]
}

export function earlyOutcomesIn(database: Database): EarlyOutcomes {
  const exists = database.prepare('SELECT EXISTS (SELECT 1 FROM early_outcomes) AS found', { found: 'integer' })
  const selectState = database.prepare(
    'SELECT state, since FROM early_outcomes WHERE message_id = ? AND receiver = ?',
    { state: 'text', since: 'integer?' },
  )
  const upsert = database.prepare(
    `INSERT OR REPLACE INTO early_outcomes
       (message_id, receiver, at, state, since, route, batch_id, code, reason, proof)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const select = database.prepare(
    `SELECT receiver, state, since, route, batch_id AS batchId, code, reason, proof FROM early_outcomes
     WHERE message_id = ?`,
    {
      receiver: 'text',
      state: 'text',
      since: 'integer?',
      route: 'text?',
      batchId: 'text?',
      code: 'text?',
      reason: 'text?',
      proof: 'text?',
    },
  )
  const remove = database.prepare('DELETE FROM early_outcomes WHERE message_id = ?')
  return {
    any: () => exists.get()?.found === 1,
    stateOf(messageId, receiver) {
      const row = selectState.get(messageId, receiver)
      return row && { state: pairStateOf(row.state), since: row.since }
    },
    keep(messageId, receiver, at, { state, since, route, batchId, code, reason, proof }) {
      upsert.run(messageId, receiver, at, state, since, route, batchId, code, reason, proof)
    },
    take(messageId) {
      const rows = select.all(messageId)
      if (rows.length > 0) remove.run(messageId)
      return rows.map((row) => ({ ...row, state: pairStateOf(row.state) }))
    },
  }
}
