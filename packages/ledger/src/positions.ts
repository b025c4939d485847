import type { Database } from '@portreeve/database'
import type { Position } from './ledger-record.ts'

/** What the ledger reads next, per topic and partition; moves only together with what was read. */
export interface Positions {
  /** `undefined` for a partition of which nothing was read yet. */
  get(topic: string, partition: number): number | undefined
  all(): readonly Position[]
  set(topic: string, partition: number, next: number): void
}

export function positionsIn(database: Database): Positions {
  const select = database.prepare('SELECT next FROM positions WHERE topic = ? AND "partition" = ?', { next: 'integer' })
  const selectAll = database.prepare(
    'SELECT topic, "partition", next AS "offset" FROM positions ORDER BY topic, "partition"',
    { topic: 'text', partition: 'integer', offset: 'integer' },
  )
  const upsert = database.prepare(
    `INSERT INTO positions (topic, "partition", next) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET next = excluded.next`,
  )
  return {
    get: (topic, partition) => select.get(topic, partition)?.next,
    all: () => selectAll.all().map((row) => ({ ...row })),
    set: (topic, partition, next) => {
      upsert.run(topic, partition, next)
    },
  }
}
