import type { DatabaseSync } from 'node:sqlite'

/** Runs `work` between BEGIN IMMEDIATE and COMMIT; whatever throws, COMMIT too, leaves nothing behind. */
export function inTransaction<T>(raw: DatabaseSync, work: () => T): T {
  if (raw.isTransaction) return withinTransaction(raw, work)
  raw.exec('BEGIN IMMEDIATE')
  try {
    const result = atOnce(work)
    raw.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite itself rolls back on a full disk and the like.
    if (raw.isTransaction) raw.exec('ROLLBACK')
    throw error
  }
}

/** A part of one that is open: what throws takes back this part alone, and the whole is its caller's to end. */
function withinTransaction<T>(raw: DatabaseSync, work: () => T): T {
  raw.exec('SAVEPOINT part')
  try {
    const result = atOnce(work)
    raw.exec('RELEASE part')
    return result
  } catch (error) {
    if (raw.isTransaction) raw.exec('ROLLBACK TO part; RELEASE part')
    throw error
  }
}

function atOnce<T>(work: () => T): T {
  const result = work()
  if (result instanceof Promise) throw new TypeError('a transaction cannot wait: its function must not be async')
  return result
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
