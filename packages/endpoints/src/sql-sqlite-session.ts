import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { PortreeveError } from '@portreeve/errors'
import type { SqlParameter, SqlRow, SqlTransaction, SqlValue } from './sql.ts'
import { fromSqliteFault, isLocked, isWriting } from './sql-sqlite-faults.ts'
import { GivenUp, type TimeLimit } from './sql-time-limit.ts'

const firstPauseMs = 5
const longestPauseMs = 100

/** One call's connection to a file. */
export class SqliteSession {
  readonly #path: string
  readonly #shown: string
  readonly #limit: TimeLimit
  #raw: DatabaseSync | undefined
  #failed: { readonly error: unknown } | undefined
  /** What was asked for last was locked. */
  #locked = false
  #committing = false

  constructor(path: string, shown: string, limit: TimeLimit) {
    this.#path = path
    this.#shown = shown
    this.#limit = limit
  }

  open(): void {
    this.#limit.check()
    const url = pathToFileURL(this.#path)
    // A file that is not there is not made.
    url.search = '?mode=rw'
    this.#raw = new DatabaseSync(url, { timeout: 0 })
  }

  /** Rolls back what is still open. */
  close(): void {
    this.#raw?.close()
    this.#raw = undefined
  }

  /** What fails is remembered: a caller that goes on all the same commits nothing. */
  transaction(): SqlTransaction {
    return {
      query: async (sql, parameters = []) => {
        try {
          return await this.run(sql, parameters)
        } catch (error) {
          this.#failed ??= { error }
          throw this.inOurWords(error)
        }
      },
    }
  }

  /** What `work` throws of its own accord comes back as it is. */
  inOurWords(error: unknown): unknown {
    const database = this.#shown
    const { timeoutMs } = this.#limit
    if (!(error instanceof GivenUp)) return fromSqliteFault(error, database, this.#committing)
    if (error.why === 'stopped')
      return new PortreeveError('PRV_ENDPOINTS_STOPPED', { operation: `work at ${database}` })
    if (!this.#locked) return new PortreeveError('PRV_ENDPOINTS_SQL_SLOW', { database, timeoutMs })
    return new PortreeveError('PRV_ENDPOINTS_SQL_LOCKED', { database, fault: `for ${timeoutMs} ms` })
  }

  async commit(): Promise<void> {
    if (this.#failed) throw this.#failed.error
    this.#committing = true
    await this.run('COMMIT')
  }

  async run(sql: string, parameters: readonly SqlParameter[] = []): Promise<readonly SqlRow[]> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      this.#limit.check()
      if (this.#raw === undefined) throw new TypeError('the transaction is over')
      try {
        const statement = this.#raw.prepare(sql)
        statement.setReadBigInts(true)
        const rows = statement.all(named(parameters)).map(rowOf)
        this.#locked = false
        return rows
      } catch (error) {
        if (isWriting(error) && !this.#raw.isTransaction)
          throw new TypeError('query only reads: what writes is a transaction')
        if (!isLocked(error)) throw error
        this.#locked = true
      }
      await this.#limit.pause(pauseMs)
    }
  }
}

/** `$1` is the name of a parameter to SQLite. */
function named(parameters: readonly SqlParameter[]): Record<string, SQLInputValue> {
  return Object.fromEntries(
    parameters.map((value, index) => [`$${index + 1}`, typeof value === 'boolean' ? Number(value) : value]),
  )
}

function rowOf(row: Record<string, SQLOutputValue>): SqlRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toValue(value)]))
}

function toValue(value: SQLOutputValue): SqlValue {
  if (typeof value !== 'bigint') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}
