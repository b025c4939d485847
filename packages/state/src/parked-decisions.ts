import type { Database } from '@portreeve/database'
import { PortreeveError } from '@portreeve/errors'
import { parkedEventsIn } from './parked-events.ts'
import type { ParkedEntry } from './parked-message.ts'
import type { ParkedMessagesNow } from './parked-messages.ts'
import { sentBatchesIn } from './sent-batches.ts'

/** What changes a queue: each change and the event that tells of it are one transaction. */
export function parkedDecisionsIn(
  database: Database,
  now: () => Date,
): Pick<ParkedMessagesNow, 'park' | 'release' | 'conclude' | 'settle' | 'settled' | 'forget'> {
  const events = parkedEventsIn(database, now)
  const batches = sentBatchesIn(database)
  const keyState = database.prepare('SELECT released FROM parked_keys WHERE receiver = ? AND key = ?', {
    released: 'integer',
  })
  const setKey = database.prepare(
    `INSERT INTO parked_keys (receiver, key, released) VALUES (?, ?, ?)
     ON CONFLICT (receiver, key) DO UPDATE SET released = excluded.released`,
  )
  const removeKey = database.prepare('DELETE FROM parked_keys WHERE receiver = ? AND key = ?')
  const queued = database.prepare('SELECT key, batch_id FROM parked_messages WHERE receiver = ? AND message_id = ?', {
    key: 'text',
    batch_id: 'text?',
  })
  const head = database.prepare(
    'SELECT message_id FROM parked_messages WHERE receiver = ? AND key = ? ORDER BY sequence LIMIT 1',
    { message_id: 'text' },
  )
  const insert = database.prepare(
    `INSERT INTO parked_messages
       (receiver, key, message_id, reference, topic, "partition", "offset", since, code, reason, batch_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const fail = database.prepare(
    'UPDATE parked_messages SET code = ?, reason = ?, batch_id = ?, outcome = NULL WHERE receiver = ? AND message_id = ?',
  )
  const setOutcome = database.prepare('UPDATE parked_messages SET outcome = ? WHERE receiver = ? AND message_id = ?')
  const remove = database.prepare('DELETE FROM parked_messages WHERE receiver = ? AND message_id = ?')

  function park(receiver: string, entry: ParkedEntry): void {
    const { key, messageId, place, failure = null, sentAs } = entry
    const isReleased = keyState.get(receiver, key)?.released === 1
    const before = queued.get(receiver, messageId)
    if (before === undefined) {
      const { topic, partition, offset } = place
      const since = entry.since.getTime()
      const why = [failure?.code ?? null, failure?.reason ?? null]
      const batch = sentAs?.batchId ?? null
      insert.run(receiver, key, messageId, entry.reference, topic, partition, offset, since, ...why, batch)
    } else if (failure !== null && isReleased) {
      fail.run(failure.code, failure.reason, sentAs?.batchId ?? null, receiver, messageId)
    } else {
      return
    }
    if (sentAs !== undefined) batches.keep(receiver, messageId, sentAs)
    dropBatch(receiver, before?.batch_id)
    if (failure !== null) setKey.run(receiver, key, 0)
    // The key was set free since the caller asked: nobody would ever release it, so it goes on at once.
    else if (keyState.get(receiver, key) === undefined) setKey.run(receiver, key, 1)
    events.parked(receiver, key, messageId, failure)
  }

  function dropBatch(receiver: string, batchId: string | null | undefined): void {
    if (typeof batchId === 'string') batches.dropUnused(receiver, batchId)
  }

  return {
    park(receiver, entries) {
      database.transaction(() => {
        for (const entry of entries) park(receiver, entry)
      })
    },
    release(receiver, key, release) {
      database.transaction(() => {
        const first = head.get(receiver, key)
        if (first === undefined || keyState.get(receiver, key)?.released !== 0) {
          throw new PortreeveError('PRV_STATE_KEY_NOT_PARKED', { receiver })
        }
        if ((release.messageId ?? first.message_id) !== first.message_id) {
          throw new PortreeveError('PRV_STATE_OTHER_MESSAGE', { receiver })
        }
        setKey.run(receiver, key, 1)
        events.released(receiver, key, first.message_id, release)
      })
    },
    conclude(receiver, messageId, outcome) {
      setOutcome.run(outcome, receiver, messageId)
    },
    settle(receiver, messageId) {
      return database.transaction(() => {
        const { key, batch_id: batchId } = queued.get(receiver, messageId) ?? {}
        if (key === undefined) return false
        remove.run(receiver, messageId)
        dropBatch(receiver, batchId)
        events.settled(receiver, key, messageId)
        if (head.get(receiver, key) === undefined) removeKey.run(receiver, key)
        return true
      })
    },
    settled: events.settledAmong,
    forget: events.forget,
  }
}
