import type { Database } from '@portreeve/database'
import type { ParkedMessages } from './parked-messages.ts'
import { failureOf, messageColumns, messageOf, messageSelection } from './parked-rows.ts'
import { sentBatchesIn } from './sent-batches.ts'

/** What a receiver's consumer and the log's retention ask. */
export function parkedQueueIn(
  database: Database,
): Pick<ParkedMessages, 'parkedKeys' | 'waiting' | 'nextReleased' | 'lowestPlaces'> {
  const batches = sentBatchesIn(database)
  const keysAmong = database.prepare(
    'SELECT key FROM parked_keys WHERE receiver = ? AND key IN (SELECT value FROM json_each(?))',
    { key: 'text' },
  )
  const whyAmong = database.prepare(
    `SELECT message_id, code, reason FROM parked_messages
     WHERE receiver = ? AND message_id IN (SELECT value FROM json_each(?))`,
    { message_id: 'text', code: 'text?', reason: 'text?' },
  )
  const next = database.prepare(
    `SELECT ${messageSelection}, m.outcome FROM parked_keys AS k
     JOIN parked_messages AS m ON m.receiver = k.receiver AND m.key = k.key
     WHERE k.receiver = ? AND k.released = 1 ORDER BY m.sequence LIMIT 1`,
    { ...messageColumns, outcome: 'text?' },
  )
  const nextAmong = database.prepare(
    `SELECT ${messageSelection}, m.outcome FROM parked_keys AS k
     JOIN parked_messages AS m ON m.receiver = k.receiver AND m.key = k.key
     JOIN json_each(?) AS p ON m.topic = p.value ->> 'topic' AND m."partition" = p.value ->> 'partition'
     WHERE k.receiver = ? AND k.released = 1 ORDER BY m.sequence LIMIT 1`,
    { ...messageColumns, outcome: 'text?' },
  )
  const edited = database.prepare(
    `SELECT edited_body FROM parked_events
     WHERE receiver = ? AND message_id = ? AND what = 'released' AND edited_body IS NOT NULL
     ORDER BY sequence DESC LIMIT 1`,
    { edited_body: 'blob' },
  )
  const decided = database.prepare(
    `SELECT by, why, discards FROM parked_events WHERE receiver = ? AND message_id = ? AND what = 'released'
     ORDER BY sequence DESC LIMIT 1`,
    { by: 'text', why: 'text', discards: 'integer' },
  )
  const lowest = database.prepare(
    `SELECT topic, "partition", min("offset") AS "offset" FROM parked_messages GROUP BY topic, "partition"`,
    { topic: 'text', partition: 'integer', offset: 'integer' },
  )
  return {
    async parkedKeys(receiver, keys) {
      return new Set(keysAmong.all(receiver, JSON.stringify(keys)).map((row) => row.key))
    },
    async waiting(receiver, messageIds) {
      const rows = whyAmong.all(receiver, JSON.stringify(messageIds))
      return new Map(rows.map((row) => [row.message_id, failureOf(row)]))
    },
    async nextReleased(receiver, partitions) {
      const row = partitions ? nextAmong.get(JSON.stringify(partitions), receiver) : next.get(receiver)
      if (row === undefined) return null
      const { by = '', why = '', discards = 0 } = decided.get(receiver, row.message_id) ?? {}
      return {
        ...messageOf(row),
        editedBody: edited.get(receiver, row.message_id)?.edited_body ?? null,
        sentAs: row.batch_id === null ? null : batches.find(receiver, row.batch_id),
        discarded: discards === 1 ? { by, why } : null,
        outcome: row.outcome,
      }
    },
    async lowestPlaces() {
      return [...lowest.all().map((row) => ({ ...row })), ...batches.lowestPlaces()]
    },
  }
}
