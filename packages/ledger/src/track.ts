import type { Database } from '@portreeve/database'
import { type LedgerMessage, messageColumns, messageSelection } from './ledger-message.ts'
import { type PairState, pairStateOf } from './pair-state.ts'
import { messageReader } from './search.ts'
import { type TimeLineEntry, timeLine } from './time-line.ts'

/** By the public reference, or by the id where that is known better. */
export type TrackQuery = { readonly reference: string } | { readonly messageId: string }

const maxChildren = 1000

export interface Track {
  readonly message: LedgerMessage
  /** What followed from it, directly or not, oldest first; cut after 1,000. */
  readonly children: readonly LedgerMessage[]
  /** How many followed in all. */
  readonly childrenInAll: number
  /** Where all that followed stands. */
  readonly summary: readonly ChildrenInState[]
  /** What happened and where everything is now, oldest first, of the messages that are given here. */
  readonly timeLine: readonly TimeLineEntry[]
}

export interface ChildrenInState {
  readonly type: string
  readonly receiver: string
  readonly state: PairState
  readonly messages: number
}

const descendants = `
  WITH RECURSIVE followed (number, id) AS (
    SELECT number, id FROM messages WHERE causation_id = :id AND id <> :id
    UNION
    SELECT child.number, child.id FROM messages AS child JOIN followed ON child.causation_id = followed.id
    WHERE child.id <> :id
  )`

export function trackIn(database: Database): (query: TrackQuery) => Track | null {
  const withReceivers = messageReader(database)
  // Of several with one reference, the one that the transaction began with.
  const byReference = database.prepare(
    `${messageSelection} WHERE m.reference = ? ORDER BY m.id <> m.correlation_id, m.time, m.number LIMIT 1`,
    messageColumns,
  )
  const byId = database.prepare(`${messageSelection} WHERE m.id = ?`, messageColumns)
  const children = database.prepare(
    `${descendants} ${messageSelection}
     WHERE m.number IN (SELECT number FROM followed ORDER BY number LIMIT :limit) ORDER BY m.number`,
    messageColumns,
  )
  const inAll = database.prepare(`${descendants} SELECT count(*) AS children FROM followed`, { children: 'integer' })
  const summary = database.prepare(
    `${descendants} SELECT m.type, p.receiver, p.state, count(*) AS messages
     FROM followed CROSS JOIN messages AS m ON m.number = followed.number CROSS JOIN pairs AS p ON p.message = m.number
     GROUP BY m.type, p.receiver, p.state`,
    { type: 'text', receiver: 'text', state: 'text', messages: 'integer' },
  )
  return (query) => {
    const row = 'reference' in query ? byReference.get(query.reference) : byId.get(query.messageId)
    if (row === undefined) return null
    const message = withReceivers(row)
    const following = children.all({ id: row.id, limit: maxChildren }).map(withReceivers)
    return {
      message,
      children: following,
      childrenInAll: inAll.get({ id: row.id })?.children ?? 0,
      summary: summary.all({ id: row.id }).map((counted) => ({ ...counted, state: pairStateOf(counted.state) })),
      timeLine: timeLine([message, ...following]),
    }
  }
}
