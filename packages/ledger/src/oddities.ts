import type { Database } from '@portreeve/database'
import type { Position } from './ledger-record.ts'

/**
 * - `illegal-transition`: a delivery record asked for a change of state that cannot be; nothing was changed.
 * - `unreadable-delivery-record`: its body is not what such a record must be; nothing of it was applied.
 * - `id-used-twice`: a message of another type has the id already; the later one was left out.
 */
export type OddityKind = 'illegal-transition' | 'unreadable-delivery-record' | 'id-used-twice'

/** Something in the log that the ledger could not follow. None of them occurs when every writer is sound. */
export interface Oddity {
  /** The record that it was found in. */
  readonly place: Position
  readonly kind: string
  /** Empty when it concerns the whole record. */
  readonly messageId: string
  /** Empty when it concerns no receiver. */
  readonly receiver: string
  /** Such as `delivered -> waiting`. */
  readonly detail: string
}

export interface Oddities {
  add(kind: OddityKind, place: Position, detail: string, messageId?: string, receiver?: string): void
  count(): number
  /** By place. */
  list(limit: number): readonly Oddity[]
}

export function odditiesIn(database: Database): Oddities {
  const insert = database.prepare(
    `INSERT INTO oddities (topic, "partition", "offset", kind, message_id, receiver, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const count = database.prepare('SELECT count(*) AS oddities FROM oddities', { oddities: 'integer' })
  const select = database.prepare(
    `SELECT topic, "partition", "offset", kind, message_id, receiver, detail FROM oddities
     ORDER BY topic, "partition", "offset", kind, message_id, receiver LIMIT ?`,
    {
      topic: 'text',
      partition: 'integer',
      offset: 'integer',
      kind: 'text',
      message_id: 'text',
      receiver: 'text',
      detail: 'text',
    },
  )
  return {
    add(kind, { topic, partition, offset }, detail, messageId = '', receiver = '') {
      insert.run(topic, partition, offset, kind, messageId, receiver, detail)
    },
    count: () => count.get()?.oddities ?? 0,
    list: (limit) =>
      select.all(limit).map(({ topic, partition, offset, message_id: messageId, ...rest }) => ({
        place: { topic, partition, offset },
        messageId,
        ...rest,
      })),
  }
}
