import type { Database } from '@portreeve/database'
import type { ParkedEvent } from './parked-message.ts'
import type { ParkedMessages } from './parked-messages.ts'
import { failureOf, messageColumns, messageOf, messageSelection } from './parked-rows.ts'

const eventColumns = {
  message_id: 'text',
  at: 'integer',
  what: 'text',
  code: 'text?',
  reason: 'text?',
  by: 'text?',
  why: 'text?',
  edited_body: 'blob?',
  discards: 'integer',
} as const

/** What a person asks. */
export function parkedListIn(database: Database): Pick<ParkedMessages, 'list' | 'show' | 'eventsOf'> {
  const heads = database.prepare(
    `SELECT ${messageSelection}, m.sequence, k.released,
       (SELECT count(*) - 1 FROM parked_messages AS q WHERE q.receiver = k.receiver AND q.key = k.key) AS behind
     FROM parked_keys AS k JOIN parked_messages AS m ON m.sequence =
       (SELECT min(sequence) FROM parked_messages AS q WHERE q.receiver = k.receiver AND q.key = k.key)
     WHERE (:receiver IS NULL OR k.receiver = :receiver) AND m.sequence > :after
     ORDER BY m.sequence LIMIT :limit`,
    { ...messageColumns, sequence: 'integer', released: 'integer', behind: 'integer' },
  )
  const keyState = database.prepare('SELECT released FROM parked_keys WHERE receiver = ? AND key = ?', {
    released: 'integer',
  })
  const queue = database.prepare(
    `SELECT ${messageSelection} FROM parked_messages AS m WHERE receiver = ? AND key = ? ORDER BY sequence`,
    messageColumns,
  )
  const events = database.prepare(
    `SELECT message_id, at, what, code, reason, by, why, edited_body, discards FROM parked_events
     WHERE receiver = ? AND key = ? ORDER BY sequence`,
    eventColumns,
  )
  const eventsOfMessages = database.prepare(
    `SELECT message_id, at, what, code, reason, by, why, edited_body, discards FROM parked_events
     WHERE receiver = ? AND message_id IN (SELECT value FROM json_each(?)) ORDER BY sequence`,
    eventColumns,
  )
  return {
    async eventsOf(receiver, messageIds) {
      return eventsOfMessages.all(receiver, JSON.stringify(messageIds)).map(eventOf)
    },
    async list({ receiver, after = 0, limit = 100 } = {}) {
      const rows = heads.all({ receiver: receiver ?? null, after, limit: limit + 1 })
      const page = rows.slice(0, limit)
      return {
        keys: page.map((row) => ({
          receiver: row.receiver,
          key: row.key,
          state: row.released === 1 ? 'released' : 'parked',
          first: messageOf(row),
          behind: row.behind,
        })),
        next: rows.length > limit ? (page.at(-1)?.sequence ?? null) : null,
      }
    },
    async show(receiver, key) {
      const all = events.all(receiver, key).map(eventOf)
      const released = keyState.get(receiver, key)?.released
      if (all.length === 0 && released === undefined) return null
      return {
        state: released === undefined ? 'settled' : released === 1 ? 'released' : 'parked',
        messages: queue.all(receiver, key).map(messageOf),
        events: all,
      }
    },
  }
}

interface EventRow {
  readonly message_id: string
  readonly at: number
  readonly what: string
  readonly code: string | null
  readonly reason: string | null
  readonly by: string | null
  readonly why: string | null
  readonly edited_body: Uint8Array | null
  readonly discards: number
}

function eventOf(row: EventRow): ParkedEvent {
  const { by, why, edited_body: editedBody } = row
  const release =
    by === null || why === null
      ? null
      : { by, why, ...(editedBody !== null && { editedBody }), ...(row.discards === 1 && { discards: true }) }
  const what = release !== null ? 'released' : row.what === 'settled' ? 'settled' : 'parked'
  return { messageId: row.message_id, at: new Date(row.at), what, failure: failureOf(row), release }
}
