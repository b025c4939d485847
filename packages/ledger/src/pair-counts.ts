import type { Database } from '@portreeve/database'
import type { PairState } from './pair-state.ts'

/** How many pairs are in each state, kept beside the pairs so that nobody has to count them. */
export interface PairCounts {
  /** Remembers a change; it is written with `flush`, within the same transaction. */
  add(type: string, receiver: string, state: PairState, difference: 1 | -1): void
  flush(): void
  /** Forgets the changes of a transaction that failed. */
  discard(): void
  /** Counts everything anew, after pairs were changed without `add`. */
  recount(): void
}

interface Change {
  readonly type: string
  readonly receiver: string
  readonly state: PairState
  difference: number
}

export function pairCountsIn(database: Database): PairCounts {
  const upsert = database.prepare(
    `INSERT INTO pair_counts (type, receiver, state, pairs) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET pairs = pairs + excluded.pairs`,
  )
  const removeEmpty = database.prepare('DELETE FROM pair_counts WHERE pairs = 0')
  const removeAll = database.prepare('DELETE FROM pair_counts')
  const countAll = database.prepare(
    `INSERT INTO pair_counts (type, receiver, state, pairs)
     SELECT m.type, p.receiver, p.state, count(*) FROM pairs AS p JOIN messages AS m ON m.number = p.message
     GROUP BY m.type, p.receiver, p.state`,
  )
  const changes = new Map<string, Change>()
  return {
    add(type, receiver, state, difference) {
      const name = `${type}\n${receiver}\n${state}`
      const change = changes.get(name)
      if (change === undefined) changes.set(name, { type, receiver, state, difference })
      else change.difference += difference
    },
    flush() {
      for (const { type, receiver, state, difference } of changes.values()) {
        if (difference !== 0) upsert.run(type, receiver, state, difference)
      }
      if (changes.size > 0) removeEmpty.run()
      changes.clear()
    },
    discard: () => changes.clear(),
    recount() {
      removeAll.run()
      countAll.run()
    },
  }
}
