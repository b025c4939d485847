import type { Database } from '@portreeve/database'
import { readOffsets } from './offsets.ts'
import type { Place, ReleasedMessage, SentBatch } from './parked-message.ts'

/** The batches that parked messages may have been taken in: kept as long as one of these waits. */
export interface SentBatches {
  /** Within the transaction that parks the message. */
  keep(receiver: string, messageId: string, batch: SentBatch): void
  /** Within the transaction that took the batch from its message. */
  dropUnused(receiver: string, batchId: string): void
  find(receiver: string, batchId: string): ReleasedMessage['sentAs']
  /** The first place of each partition. */
  lowestPlaces(): readonly Place[]
}

export function sentBatchesIn(database: Database): SentBatches {
  const lastEdit = database.prepare(
    `SELECT max(sequence) AS sequence FROM parked_events
     WHERE receiver = ? AND message_id = ? AND what = 'released' AND edited_body IS NOT NULL`,
    { sequence: 'integer?' },
  )
  // The same id always stands for the same messages with the same bodies.
  const insert = database.prepare(
    `INSERT INTO sent_batches (receiver, batch_id, topic, "partition", first_offset, offsets, edited_in)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const remove = database.prepare(
    `DELETE FROM sent_batches AS b WHERE receiver = ? AND batch_id = ?
     AND NOT EXISTS (SELECT 1 FROM parked_messages AS m WHERE m.receiver = b.receiver AND m.batch_id = b.batch_id)`,
  )
  const select = database.prepare(
    `SELECT b.topic, b."partition", b.offsets, b.edited_in, e.edited_body FROM sent_batches AS b
     LEFT JOIN parked_events AS e ON e.sequence = b.edited_in WHERE b.receiver = ? AND b.batch_id = ?`,
    { topic: 'text', partition: 'integer', offsets: 'text', edited_in: 'integer?', edited_body: 'blob?' },
  )
  const lowest = database.prepare(
    `SELECT topic, "partition", min(first_offset) AS "offset" FROM sent_batches GROUP BY topic, "partition"`,
    { topic: 'text', partition: 'integer', offset: 'integer' },
  )
  return {
    keep(receiver, messageId, { batchId, topic, partition, offsets, edited }) {
      const editedIn = edited ? (lastEdit.get(receiver, messageId)?.sequence ?? null) : null
      const first = Math.min(...offsets)
      insert.run(receiver, batchId, topic, partition, first, JSON.stringify(offsets), editedIn)
    },
    dropUnused(receiver, batchId) {
      remove.run(receiver, batchId)
    },
    find(receiver, batchId) {
      const row = select.get(receiver, batchId)
      if (row === undefined) return null
      const { topic, partition, edited_in: editedIn, edited_body: editedBody } = row
      const offsets = readOffsets(row.offsets, 'sent_batches')
      return { batchId, topic, partition, offsets, edited: editedIn !== null, editedBody }
    },
    lowestPlaces: () => lowest.all().map((row) => ({ ...row })),
  }
}
