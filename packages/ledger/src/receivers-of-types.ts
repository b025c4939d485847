import type { Database } from '@portreeve/database'
import type { PairCounts } from './pair-counts.ts'

/** Which receivers the messages of a type have a pair for: what the configuration said when they were last compared. */
export interface ReceiversOfTypes {
  of(type: string): readonly string[]
  /** Brings all messages into line, now that `receiversOf` answers otherwise. */
  compare(): void
  /** Writes which types are new, within the transaction that brought them. */
  flush(): void
  /** That transaction was committed; otherwise the next one writes them. */
  committed(): void
}

/**
 * When the configuration names other receivers for a type than when the ledger was last open, its messages get the
 * pairs that they lack, as `waiting`, and lose those of receivers that are gone, unless something had happened to
 * them: exactly what a ledger made anew from the log would hold.
 */
export function receiversOfTypes(
  database: Database,
  receiversOf: (type: string) => readonly string[],
  counts: PairCounts,
): ReceiversOfTypes {
  const selectAll = database.prepare('SELECT type, receivers FROM types', { type: 'text', receivers: 'text' })
  const upsert = database.prepare(
    'INSERT INTO types (type, receivers) VALUES (?, ?) ON CONFLICT DO UPDATE SET receivers = excluded.receivers',
  )
  const addPairs = database.prepare(
    `INSERT INTO pairs (message, receiver, state, since)
     SELECT number, ?, 'waiting', time FROM messages WHERE type = ? ON CONFLICT DO NOTHING`,
  )
  const removePairs = database.prepare(
    `DELETE FROM pairs WHERE state = 'waiting' AND batch_id IS NULL
       AND receiver NOT IN (SELECT value FROM json_each(?)) AND message IN (SELECT number FROM messages WHERE type = ?)`,
  )
  const known = new Map<string, readonly string[]>()
  const unwritten = new Map<string, readonly string[]>()

  function reconcile(type: string, receivers: readonly string[]): void {
    removePairs.run(JSON.stringify(receivers), type)
    for (const receiver of receivers) addPairs.run(receiver, type)
    upsert.run(type, JSON.stringify(receivers))
  }

  function compare(): void {
    database.transaction(() => {
      const stored = selectAll.all()
      const changed = stored.filter((row) => row.receivers !== JSON.stringify(sorted(receiversOf(row.type))))
      for (const { type } of changed) reconcile(type, sorted(receiversOf(type)))
      if (changed.length > 0) counts.recount()
      known.clear()
      for (const { type } of stored) known.set(type, sorted(receiversOf(type)))
    })
  }
  compare()

  return {
    compare,
    of(type) {
      const receivers = known.get(type)
      if (receivers !== undefined) return receivers
      const asked = sorted(receiversOf(type))
      known.set(type, asked)
      unwritten.set(type, asked)
      return asked
    },
    flush() {
      for (const [type, receivers] of unwritten) upsert.run(type, JSON.stringify(receivers))
    },
    committed: () => unwritten.clear(),
  }
}

function sorted(receivers: readonly string[]): readonly string[] {
  return [...new Set(receivers)].sort()
}
