import { DatabaseSync } from 'node:sqlite'
import { type Columns, checkColumns, type RowOf } from './columns.ts'
import { fromSqlite } from './faults.ts'
import { frozenFile } from './frozen-file.ts'
import { identify, type Migration, migrate } from './migrations.ts'
import { type Query, query, type Statement, statement } from './statement.ts'
import { inTransaction, unflushed } from './transaction.ts'

export interface DatabaseOptions {
  /** A file, made when absent, in a folder that exists; or `:memory:`. */
  readonly path: string
  /** Marks the file's kind (`PRAGMA application_id`): a positive 32-bit number of its own for each kind. */
  readonly applicationId: number
  readonly migrations: readonly Migration[]
  /**
   * `FULL` (default): a commit is on disk when `transaction` returns. `NORMAL`: a power cut may lose the last commits,
   * never part of one; right for a projection that can be rebuilt from the log.
   */
  readonly synchronous?: 'FULL' | 'NORMAL'
  /** Keeps every other process out while this one has it open; the lock dies with the process. Default `true`. */
  readonly exclusive?: boolean
  /** Most pages that the file may have; then `PRV_DATABASE_DISK_FULL`. Default: no limit. */
  readonly maxPageCount?: number
  /** Bytes of a page of a new file. Default 4096. */
  readonly pageSizeBytes?: number
}

/**
 * An SQLite file. Everything is synchronous and belongs to the thread that opened it. Whatever SQLite throws comes as
 * `PRV_DATABASE_*`; wrong SQL as `TypeError`.
 */
export interface Database extends Disposable {
  readonly path: string
  /** A statement that changes something. Prepare once, run often. */
  prepare(sql: string): Statement
  /** A statement that reads, with its result columns: `{ id: 'text', size: 'integer', note: 'text?' }`. */
  prepare<const C extends Columns>(sql: string, columns: C): Query<RowOf<C>>
  /** Statements without values or results. */
  execute(sql: string): void
  /**
   * All that `work` does is kept when it returns, or nothing when it throws. Not async. Within another one it is a part of that, which may
   * throw and be caught there. Without `flush`, a power cut may lose it as long as nothing was flushed behind it, never part of it: for what can be made anew from elsewhere.
   */
  transaction<T>(work: () => T, options?: { readonly flush: boolean }): T
  /**
   * From now until `thaw` the file stays byte for byte as it is, with all that was committed so far: what is written meanwhile goes into
   * its journal. Another process may copy it then; this one may not, for closing it gives the lock away. Idempotent.
   * Throws `PRV_DATABASE_BUSY` while rows of a query are being read.
   */
  freeze(): void
  /** Lets the file follow its journal again. Idempotent. */
  thaw(): void
  /** Idempotent. Afterwards everything throws `PRV_DATABASE_CLOSED`. */
  close(): void
}

/**
 * Opens the file in WAL mode and brings its format up to date.
 *
 * Throws `PRV_DATABASE_OWNED`, `PRV_DATABASE_NEWER`, `PRV_DATABASE_FOREIGN`, `PRV_DATABASE_DAMAGED`,
 * `PRV_DATABASE_READ_ONLY`, `PRV_DATABASE_UNREACHABLE`, `PRV_DATABASE_DISK_FULL`.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const { path } = options
  let raw: DatabaseSync | undefined
  try {
    raw = new DatabaseSync(path)
    // Before the first access: WAL then needs no shared memory, and the lock is taken at once.
    if (options.exclusive ?? true) raw.exec('PRAGMA locking_mode = EXCLUSIVE')
    const version = identify(raw, path, options.applicationId, options.migrations.length)
    configure(raw, options)
    migrate(raw, version, options.applicationId, options.migrations)
  } catch (error) {
    raw?.close()
    throw fromSqlite(error, path)
  }
  return databaseOver(raw, path)
}

function configure(raw: DatabaseSync, options: DatabaseOptions): void {
  if (options.pageSizeBytes !== undefined) raw.exec(`PRAGMA page_size = ${options.pageSizeBytes}`)
  // Has no effect on a file that has tables; gives space back step by step where a room asks for it.
  raw.exec('PRAGMA auto_vacuum = INCREMENTAL')
  raw.exec('PRAGMA journal_mode = WAL')
  raw.exec(`PRAGMA synchronous = ${options.synchronous ?? 'FULL'}`)
  if (options.maxPageCount !== undefined) raw.exec(`PRAGMA max_page_count = ${options.maxPageCount}`)
}

function databaseOver(raw: DatabaseSync, path: string): Database {
  const guarded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw fromSqlite(error, path)
    }
  }
  function prepare(sql: string): Statement
  function prepare<const C extends Columns>(sql: string, columns: C): Query<RowOf<C>>
  function prepare<const C extends Columns>(sql: string, columns?: C): Statement | Query<RowOf<C>> {
    const compiled = guarded(() => raw.prepare(sql))
    if (columns === undefined) return statement(compiled, path)
    checkColumns(
      sql,
      columns,
      compiled.columns().map(({ name }) => name),
    )
    return query(compiled, columns, path)
  }
  const frozen = frozenFile(raw, path)
  const close = () => {
    if (raw.isOpen) guarded(() => raw.close())
  }
  return {
    path,
    prepare,
    execute: (sql) => guarded(() => raw.exec(sql)),
    transaction: (work, { flush } = { flush: true }) => {
      const isWhole = !raw.isTransaction && !flush
      return guarded(() => (isWhole ? unflushed(raw, () => inTransaction(raw, work)) : inTransaction(raw, work)))
    },
    freeze: () => guarded(frozen.freeze),
    thaw: () => guarded(frozen.thaw),
    close,
    [Symbol.dispose]: close,
  }
}
