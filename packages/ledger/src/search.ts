import type { Database, Query, RowOf, SqlValue } from '@portreeve/database'
import { type LedgerMessage, ledgerMessage, messageColumns, messageSelection, pairColumns } from './ledger-message.ts'
import type { MessageState } from './message-state.ts'
import { searchConditions } from './search-conditions.ts'

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

type MessageQuery = Query<RowOf<typeof messageColumns>>

export function searchIn(database: Database): Search {
  const prepared = new Map<string, MessageQuery>()
  const withReceivers = messageReader(database)

  function select(conditions: readonly string[]): MessageQuery {
    const sql = `${messageSelection} WHERE ${[...conditions, 'm.number < ?'].join(' AND ')} ORDER BY m.number DESC LIMIT ?`
    let query = prepared.get(sql)
    if (query === undefined) {
      query = database.prepare(sql, messageColumns)
      prepared.set(sql, query)
    }
    return query
  }

  return (query) => {
    const { after = Number.MAX_SAFE_INTEGER, limit = 50 } = query
    const conditions = searchConditions(query)
    const values = conditions.flatMap((condition): SqlValue[] => [...condition.values])
    const rows = select(conditions.map(({ sql }) => sql)).all(...values, after, limit + 1)
    const page = rows.slice(0, limit)
    return { messages: page.map(withReceivers), next: rows.length > limit ? (page.at(-1)?.number ?? null) : null }
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
