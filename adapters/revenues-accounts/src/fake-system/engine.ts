import type { SqlDatabase, SqlTransaction } from '@portreeve/endpoints'

/** A lock that somebody holds: a row of an account, or the whole table of changes. SQLite knows locks of a whole file only. */
export type Lock = 'table' | { readonly accountRef: string }

/** What the two kinds of database do differently when they misbehave. */
export interface Engine {
  /** Past everything that misbehaves. */
  readonly database: SqlDatabase
  /** What the adapter is given. */
  readonly access: { readonly databaseUrl: string; readonly password?: string }
  /** Inside a transaction, takes the lock. */
  lock(t: SqlTransaction, what: Lock): Promise<unknown>
  goDown(): Promise<void>
  comeBack(): Promise<void>
  /** Takes connections and answers nothing. */
  fallSilent(): Promise<void>
  close(): Promise<void>
  /** Throw `TypeError` where the database has nothing of the kind. */
  refuseLogin(): Promise<void>
  behave(how: 'well' | 'cut before COMMIT' | 'cut after COMMIT' | { readonly slowMs: number }): void
}
