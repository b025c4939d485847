import type { Database } from '@portreeve/database'
import type { AtOnce } from './at-once.ts'

/** How far each polling adapter has read in its system. */
export interface Cursors {
  /** `null` before the first `set`. */
  get(label: string): Promise<string | null>
  /** Set it after what was polled up to there is durable elsewhere. */
  set(label: string, cursor: string): Promise<void>
}

export function cursorsIn(database: Database): AtOnce<Cursors, 'set'> {
  const select = database.prepare('SELECT cursor FROM cursors WHERE label = ?', { cursor: 'text' })
  const upsert = database.prepare(
    'INSERT INTO cursors (label, cursor) VALUES (?, ?) ON CONFLICT (label) DO UPDATE SET cursor = excluded.cursor',
  )
  return {
    async get(label) {
      return select.get(label)?.cursor ?? null
    },
    set(label, cursor) {
      upsert.run(label, cursor)
    },
  }
}
