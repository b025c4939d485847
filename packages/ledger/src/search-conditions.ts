import type { SqlValue } from '@portreeve/database'
import { type MessageState, mostPressingFirst, refusalEnding } from './message-state.ts'
import { isPairState } from './pair-state.ts'
import type { SearchQuery } from './search.ts'

interface Condition {
  /** On `m`, a row of `messages`. */
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/** A query in SQL. The states in it are constants of ours: as such they let SQLite use the partial index. */
export function searchConditions(query: SearchQuery): Condition {
  const conditions: Condition[] = [{ sql: 'TRUE', values: [] }]
  const equals = (column: string, value: string | undefined) => {
    if (value !== undefined) conditions.push({ sql: `m.${column} = ?`, values: [value] })
  }
  equals('reference', query.reference)
  equals('id', query.messageId)
  equals('uprn', query.uprn)
  equals('customer', query.customer)
  equals('correlation_id', query.correlationId)
  equals('type', query.type)
  if (query.file !== undefined) conditions.push(ofFile(query.file))
  if (query.state !== undefined) conditions.push(...inState(query.state, query.receiver))
  else if (query.receiver !== undefined) conditions.push(atReceiver(query.receiver))
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  }
}

/**
 * True when the search goes by the list of pairs that want attention: nothing else in the query names few messages,
 * and of those in such a state there may be very few.
 */
export function leadsByAttention({ state, ...query }: SearchQuery): boolean {
  const { reference, messageId, uprn, customer, correlationId, file } = query
  const namesFew = [reference, messageId, uprn, customer, correlationId, file].some((value) => value !== undefined)
  return !namesFew && state !== undefined && !mostMessages.includes(state)
}

const mostMessages: readonly MessageState[] = ['delivered', 'not-concerned', 'recorded']

function ofFile(file: string): Condition {
  return {
    sql: `m.correlation_id IN (SELECT id FROM messages WHERE file_digest = ?
      UNION SELECT id FROM messages WHERE file_name = ?)`,
    values: [file, file],
  }
}

function atReceiver(receiver: string): Condition {
  return { sql: pairExists('p.receiver = ?'), values: [receiver] }
}

function inState(state: MessageState, receiver: string | undefined): Condition[] {
  if (state === 'recorded') {
    const mayBeFound = receiver === undefined ? 'TRUE' : 'FALSE'
    return [{ sql: `${mayBeFound} AND NOT ${pairExists('TRUE')}`, values: [] }, noRefusal]
  }
  // It becomes part of the statement, and may come from outside whatever its type says.
  if (!isPairState(state)) throw new TypeError('no such state')
  if (receiver !== undefined)
    return [{ sql: pairExists(`p.state = '${state}' AND p.receiver = ?`), values: [receiver] }]
  // Of the message as a whole: no receiver may be in a more pressing state.
  if (state === 'not-concerned') {
    const sql = `${pairExists('TRUE')} AND NOT ${pairExists(`p.state <> '${state}'`)}`
    return [{ sql, values: [] }, noRefusal]
  }
  const morePressing = mostPressingFirst.slice(0, mostPressingFirst.indexOf(state)).map((other) => `'${other}'`)
  return [
    state === 'refused'
      ? { sql: `(${pairExists(`p.state = 'refused'`)} OR ${refusedHere})`, values: [] }
      : { sql: pairExists(`p.state = '${state}'`), values: [] },
    ...(morePressing.includes(`'refused'`) ? [noRefusal] : []),
    { sql: `NOT ${pairExists(`p.state IN (${morePressing})`)}`, values: [] },
  ]
}

/** A message that tells of a refusal counts as refused, not as delivered. */
const noRefusal: Condition = { sql: `m.type NOT LIKE '%${refusalEnding}'`, values: [] }

/** Refused without any receiver: what a receiver refused is found by itself, and the news of it not once more. */
export const refusedHere = `(m.type LIKE '%${refusalEnding}' AND NOT EXISTS (
  SELECT 1 FROM messages AS cause JOIN pairs AS p ON p.message = cause.number
  WHERE cause.id = m.causation_id AND p.state = 'refused'))`

function pairExists(condition: string): string {
  return `EXISTS (SELECT 1 FROM pairs AS p WHERE p.message = m.number AND ${condition})`
}
