import type { Database } from '@portreeve/database'
import type { Failure, Release } from './parked-message.ts'
import type { ParkedMessages } from './parked-messages.ts'

/** Tells what happened to parked messages: rows are added, and forgotten by age, but never changed. */
export interface ParkedEvents {
  parked(receiver: string, key: string, messageId: string, failure: Failure | null): void
  released(receiver: string, key: string, messageId: string, release: Release): void
  settled(receiver: string, key: string, messageId: string): void
  readonly settledAmong: ParkedMessages['settled']
  readonly forget: ParkedMessages['forget']
}

export function parkedEventsIn(database: Database, now: () => Date): ParkedEvents {
  const insert = database.prepare(
    `INSERT INTO parked_events (receiver, key, message_id, at, what, code, reason, by, why, edited_body, discards)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const selectSettled = database.prepare(
    `SELECT DISTINCT message_id FROM parked_events
     WHERE receiver = ? AND what = 'settled' AND message_id IN (SELECT value FROM json_each(?))`,
    { message_id: 'text' },
  )
  const remove = database.prepare(
    `DELETE FROM parked_events AS e WHERE at < ?
     AND NOT EXISTS (SELECT 1 FROM parked_keys AS k WHERE k.receiver = e.receiver AND k.key = e.key)`,
  )
  return {
    parked(receiver, key, messageId, failure) {
      const { code = null, reason = null } = failure ?? {}
      insert.run(receiver, key, messageId, now().getTime(), 'parked', code, reason, null, null, null, 0)
    },
    released(receiver, key, messageId, { by, why, editedBody = null, discards = false }) {
      const at = now().getTime()
      insert.run(receiver, key, messageId, at, 'released', null, null, by, why, editedBody, discards ? 1 : 0)
    },
    settled(receiver, key, messageId) {
      insert.run(receiver, key, messageId, now().getTime(), 'settled', null, null, null, null, null, 0)
    },
    async settledAmong(receiver, messageIds) {
      const rows = selectSettled.all(receiver, JSON.stringify(messageIds))
      return new Set(rows.map((row) => row.message_id))
    },
    async forget(before) {
      return remove.run(before.getTime())
    },
  }
}
