import { openPostgres } from './sql-postgres.ts'
import { openSqlite } from './sql-sqlite.ts'
import { readDatabaseUrl } from './sql-url.ts'

/** What may be bound to a place of a statement. */
export type SqlParameter = string | number | boolean | null

/**
 * What a column holds. Dates and times are text as the database writes them, in UTC where they have a zone; so are decimals,
 * and whole numbers beyond 2^53.
 */
export type SqlValue = string | number | boolean | null | Uint8Array

/** A row: a plain object, column by name. */
export type SqlRow = Readonly<Record<string, SqlValue>>

export interface SqlCall {
  /** Told to stop, the call settles within a second. */
  readonly signal?: AbortSignal
  /** For everything together: connecting, waiting for locks, the work, its end. Default: that of the options. */
  readonly timeoutMs?: number
}

export interface SqlTransaction {
  /** One statement with `$1`, `$2` … for its parameters, each of which it uses. What fails undoes the whole transaction. */
  query(sql: string, parameters?: readonly SqlParameter[]): Promise<readonly SqlRow[]>
}

export interface SqlOptions {
  /**
   * `postgresql://user@host:5432/database`, or `sqlite:` and the path of a file that exists. PostgreSQL is spoken to over TLS
   * with the certificate checked, unless the host is this machine or `?sslmode=disable` says otherwise.
   */
  readonly databaseUrl: string
  readonly password?: string
  /** PEM file of the authorities that the server's certificate may come from. Default: those that Node trusts. */
  readonly caFile?: string
  /** Of a call that names none, in milliseconds. */
  readonly timeoutMs: number
}

/**
 * A database of somebody else's. Parameters are bound, never put into text. Everything rejects with `PRV_ENDPOINTS_SQL_…`,
 * `PRV_ENDPOINTS_DISK_FULL` or `PRV_ENDPOINTS_STOPPED`. Of these `PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN` alone leaves open
 * whether something was written; after any other one nothing was. SQL that is wrong in itself is `PRV_ENDPOINTS_SQL_STATEMENT`:
 * names of tables and columns come from the configuration.
 */
export interface SqlDatabase {
  /** One statement that reads; one that would write is a programmer's error (`TypeError`). */
  query(sql: string, parameters?: readonly SqlParameter[], call?: SqlCall): Promise<readonly SqlRow[]>
  /** All that `work` writes is kept when this resolves, or nothing of it. `work` gives up its `t` when it ends. */
  transaction<T>(work: (t: SqlTransaction) => Promise<T>, call?: SqlCall): Promise<T>
  /** Ends what is under way, as `signal` does. Idempotent. */
  close(): Promise<void>
}

/** Connects when it is first asked something. Throws `PRV_ENDPOINTS_SQL_ADDRESS`. */
export function openSql(options: SqlOptions): SqlDatabase {
  const address = readDatabaseUrl(options.databaseUrl)
  return address.engine === 'sqlite' ? openSqlite(address, options) : openPostgres(address, options)
}
