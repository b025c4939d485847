import type { SqlCall, SqlDatabase, SqlOptions } from './sql.ts'
import { SqliteSession } from './sql-sqlite-session.ts'
import { TimeLimit } from './sql-time-limit.ts'
import type { SqliteAddress } from './sql-url.ts'

/**
 * A file of SQLite's, opened anew for every call: it always speaks to the file that has that name now. SQLite is never left to
 * wait for a lock, which would hold up this thread: what is locked is tried again until the time is up.
 */
export function openSqlite({ path, shown }: SqliteAddress, options: Pick<SqlOptions, 'timeoutMs'>): SqlDatabase {
  const closing = new AbortController()
  const limitOf = ({ signal, timeoutMs = options.timeoutMs }: SqlCall = {}) =>
    new TimeLimit(timeoutMs, [signal, closing.signal])

  async function using<T>(limit: TimeLimit, work: (session: SqliteSession) => Promise<T>): Promise<T> {
    const session = new SqliteSession(path, shown, limit)
    try {
      session.open()
      return await work(session)
    } catch (error) {
      throw session.inOurWords(error)
    } finally {
      session.close()
    }
  }

  return {
    query: (sql, parameters = [], call) =>
      using(limitOf(call), async (session) => {
        await session.run('PRAGMA query_only = ON')
        return await session.run(sql, parameters)
      }),
    transaction: (work, call) => {
      const limit = limitOf(call)
      return using(limit, async (session) => {
        await session.run('BEGIN IMMEDIATE')
        const result = await limit.race(work(session.transaction()))
        await session.commit()
        return result
      })
    },
    close: async () => closing.abort(),
  }
}
