import type { Database, Query, RowOf } from '@portreeve/database'
import {
  type LedgerMessage,
  ledgerMessage,
  messageColumns,
  pairColumns,
  selectMessage,
  withFirst,
} from './ledger-message.ts'
import { type MessageState, refusalEnding } from './message-state.ts'
import { wantsAttention } from './migrations.ts'
import { leadsByAttention, refusedHere, searchConditions } from './search-conditions.ts'

/** Every condition given must hold; texts are compared exactly, so spell a reference as it is issued. */
export interface SearchQuery {
  readonly reference?: string
  readonly messageId?: string
  readonly uprn?: string
  /** The council's own reference of a person or business. */
  readonly customer?: string
  readonly correlationId?: string
  /** Name or SHA-256 of a submitted file: finds what came with it, and all that followed. */
  readonly file?: string
  readonly type?: string
  /** Of the message; with `receiver`, of the message at that receiver. */
  readonly state?: MessageState
  readonly receiver?: string
  /** `next` of the page before. */
  readonly after?: number
  /** Most messages of a page. Default 50. */
  readonly limit?: number
}

export interface SearchPage {
  /** The newest to the ledger first. */
  readonly messages: readonly LedgerMessage[]
  /** `null` on the last page. */
  readonly next: number | null
}

export type Search = (query: SearchQuery) => SearchPage

type MessageRow = RowOf<typeof messageColumns>

export function searchIn(database: Database): Search {
  const select = preparedOnce(database)
  const withReceivers = messageReader(database)
  const receiversIn = database.prepare(
    `SELECT DISTINCT receiver FROM pair_counts
     WHERE (:state IS NULL OR state = :state) AND (:receiver IS NULL OR receiver = :receiver)`,
    { receiver: 'text' },
  )

  const typesOfRefusals = database.prepare(`SELECT type FROM types WHERE type LIKE '%${refusalEnding}'`, {
    type: 'text',
  })

  /** At most `limit` rows, the newest first. */
  function rowsOf(query: SearchQuery, after: number, limit: number): readonly MessageRow[] {
    const { state = null, receiver = null } = query
    const { sql, values } = searchConditions(query)
    const receivers = receiversIn.all({ state, receiver }).map((row) => row.receiver)
    const mayBeWithoutPair = receiver === null && (state === null || state === 'recorded')
    const refusals = state === 'refused' && receiver === null ? typesOfRefusals.all() : []
    if (receivers.length === 0 && refusals.length === 0 && !mayBeWithoutPair) return []
    if (!leadsByAttention(query))
      return select(`FROM messages AS m ${withFirst} WHERE ${sql}`).all(...values, after, limit)
    const perReceiver = select(
      `FROM pairs AS q CROSS JOIN messages AS m ON m.number = q.message ${withFirst}
      WHERE q.state = '${state}' AND q.${wantsAttention} AND q.receiver = ? AND ${sql}`,
      'q.message',
    )
    const perType = select(`FROM messages AS m ${withFirst} WHERE m.type = ? AND ${refusedHere} AND ${sql}`)
    const rows = [
      ...receivers.flatMap((name) => perReceiver.all(name, ...values, after, limit)),
      ...refusals.flatMap(({ type }) => perType.all(type, ...values, after, limit)),
    ]
    const distinct = new Map(rows.map((row) => [row.number, row]))
    return [...distinct.values()].sort((a, b) => b.number - a.number).slice(0, limit)
  }

  return (query) => {
    const { after = Number.MAX_SAFE_INTEGER, limit = 50 } = query
    const rows = rowsOf(query, after, limit + 1)
    const page = rows.slice(0, limit)
    return { messages: page.map(withReceivers), next: rows.length > limit ? (page.at(-1)?.number ?? null) : null }
  }
}

function preparedOnce(database: Database): (fromAndWhere: string, number?: string) => Query<MessageRow> {
  const prepared = new Map<string, Query<MessageRow>>()
  return (fromAndWhere, number = 'm.number') => {
    const known = prepared.get(fromAndWhere)
    if (known !== undefined) return known
    const sql = `${selectMessage} ${fromAndWhere} AND ${number} < ? ORDER BY ${number} DESC LIMIT ?`
    const query = database.prepare(sql, messageColumns)
    prepared.set(fromAndWhere, query)
    return query
  }
}

/** Completes a row with the message's receivers. */
export function messageReader(database: Database): (row: RowOf<typeof messageColumns>) => LedgerMessage {
  const pairsOf = database.prepare(
    `SELECT receiver, state, since, route, batch_id AS batchId, code, reason, proof FROM pairs
     WHERE message = ? ORDER BY receiver`,
    pairColumns,
  )
  return (row) => ledgerMessage(row, pairsOf.all(row.number))
}
