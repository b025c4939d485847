import type { DatabaseSync } from 'node:sqlite'

/** Runs `work` between BEGIN IMMEDIATE and COMMIT; whatever throws, COMMIT too, leaves nothing behind. */
export function inTransaction<T>(raw: DatabaseSync, work: () => T): T {
  if (raw.isTransaction) throw new TypeError('a transaction is open already: join the work into one function')
  raw.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    if (result instanceof Promise) throw new TypeError('a transaction cannot wait: its function must not be async')
    raw.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite itself rolls back on a full disk and the like.
    if (raw.isTransaction) raw.exec('ROLLBACK')
    throw error
  }
}

/** In WAL mode a commit is not flushed by itself at this level; the next one at another level flushes both. */
export function unflushed<T>(raw: DatabaseSync, work: () => T): T {
  const level = raw.prepare('PRAGMA synchronous').get()?.synchronous
  raw.exec('PRAGMA synchronous = NORMAL')
  try {
    return work()
  } finally {
    raw.exec(`PRAGMA synchronous = ${Number(level)}`)
  }
}
