import type { Database } from '@portreeve/database'
import { PortreeveError } from '@portreeve/errors'
import type { AtOnce } from './at-once.ts'
import { readOffsets } from './offsets.ts'

/** A batch that was about to be sent, and of which no outcome is kept yet. */
export interface Attempt {
  /** The same id always stands for the same messages in the same order. */
  readonly batchId: string
  readonly messageIds: readonly string[]
  readonly startedAt: Date
  /** 1 for the first. */
  readonly attempt: number
  /** Offset of its last message: a position behind it says that all of it has been recorded. */
  readonly lastOffset: number
  /** Of its messages, in their order. `null`: begun by a version that did not write them down. */
  readonly offsets: readonly number[] | null
}

/**
 * What was on its way when the process died: after a restart the receiver is asked about each open attempt
 * (`lookup`) before anything is sent again.
 */
export interface Attempts {
  /** Before sending. A batch that begins again stays one attempt, in its place in time; all else is the new one's. */
  begin(receiver: string, topic: string, partition: number, attempt: Attempt): Promise<void>
  /** Oldest first. */
  openAttempts(receiver: string, topic: string, partition: number): Promise<readonly Attempt[]>
  /** After the outcomes are durable elsewhere. Idempotent. */
  end(receiver: string, batchId: string): Promise<void>
}

/** As `Attempts`; what changes something is done when it returns. */
export type AttemptsNow = AtOnce<Attempts, 'begin' | 'end'>

export function attemptsIn(database: Database): AttemptsNow {
  const upsert = database.prepare(
    `INSERT INTO attempts (receiver, topic, "partition", batch_id, message_ids, started_at, attempt, last_offset, offsets)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (receiver, batch_id) DO UPDATE SET topic = excluded.topic, "partition" = excluded."partition",
       started_at = excluded.started_at, attempt = excluded.attempt, last_offset = excluded.last_offset,
       offsets = excluded.offsets`,
  )
  const select = database.prepare(
    `SELECT batch_id, message_ids, started_at, attempt, last_offset, offsets FROM attempts
     WHERE receiver = ? AND topic = ? AND "partition" = ? ORDER BY sequence`,
    {
      batch_id: 'text',
      message_ids: 'text',
      started_at: 'integer',
      attempt: 'integer',
      last_offset: 'integer',
      offsets: 'text?',
    },
  )
  const remove = database.prepare('DELETE FROM attempts WHERE receiver = ? AND batch_id = ?')
  return {
    begin(receiver, topic, partition, { batchId, messageIds, startedAt, attempt, lastOffset, offsets }) {
      const ids = JSON.stringify(messageIds)
      const places = offsets && JSON.stringify(offsets)
      upsert.run(receiver, topic, partition, batchId, ids, startedAt.getTime(), attempt, lastOffset, places)
    },
    async openAttempts(receiver, topic, partition) {
      return select.all(receiver, topic, partition).map((row) => ({
        batchId: row.batch_id,
        messageIds: readIds(row.message_ids),
        startedAt: new Date(row.started_at),
        attempt: row.attempt,
        lastOffset: row.last_offset,
        offsets: row.offsets === null ? null : readOffsets(row.offsets, 'attempts'),
      }))
    },
    end(receiver, batchId) {
      remove.run(receiver, batchId)
    },
  }
}

function readIds(text: string): readonly string[] {
  const ids: unknown = JSON.parse(text)
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids
  throw new PortreeveError('PRV_STATE_ROW_DAMAGED', { table: 'attempts' })
}
