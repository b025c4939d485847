import type { Database } from '@portreeve/database'

/** A message id and where it was seen, such as `topic/partition/offset`. */
export interface SeenMessage {
  readonly id: string
  readonly place: string
  /** Kept for whoever meets a duplicate, such as the public reference of the first one. */
  readonly note?: string
}

/** The memory of an Idempotent Receiver (EIP). Scopes know nothing of each other. */
export interface SeenMessages {
  /**
   * One answer per message, same order. True: this place was the first to show the id, now or earlier, so a record
   * that is redelivered is not taken for its own duplicate. False: another place has it. Order within one call counts. Without
   * `flush`, a power cut may take it back: for who can read again what was seen.
   */
  claim(
    scope: string,
    messages: readonly SeenMessage[],
    options?: { readonly flush: boolean },
  ): Promise<readonly boolean[]>
  /** The place that has the id, or `null`. */
  winner(scope: string, id: string): Promise<{ readonly place: string; readonly note: string | null } | null>
  /** Forgets ids first seen before this moment, in every scope; returns how many. A later copy of them is new again. */
  forget(before: Date): Promise<number>
}

/** Short transactions, so that forgetting a year does not hold up the doors. */
const forgottenAtOnce = 5000

export function seenMessagesIn(database: Database, now: () => Date): SeenMessages {
  const insert = database.prepare(
    'INSERT INTO seen (scope, id, place, note, seen_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const select = database.prepare('SELECT place, note FROM seen WHERE scope = ? AND id = ?', {
    place: 'text',
    note: 'text?',
  })
  const remove = database.prepare(
    `DELETE FROM seen WHERE (scope, id) IN (SELECT scope, id FROM seen WHERE seen_at < ? LIMIT ${forgottenAtOnce})`,
  )
  return {
    async claim(scope, messages, options) {
      const seenAt = now().getTime()
      return database.transaction(
        () =>
          messages.map(
            ({ id, place, note = null }) =>
              insert.run(scope, id, place, note, seenAt) === 1 || select.get(scope, id)?.place === place,
          ),
        options,
      )
    },
    async winner(scope, id) {
      return select.get(scope, id) ?? null
    },
    async forget(before) {
      let forgotten = 0
      for (;;) {
        const removed = remove.run(before.getTime())
        forgotten += removed
        if (removed < forgottenAtOnce) return forgotten
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}
