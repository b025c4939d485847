import type { Engine, Lock } from './fake-system/engine.ts'
import { runNightJob } from './fake-system/night-job.ts'
import { type PostgresAccess, startPostgresEngine } from './fake-system/postgres-engine.ts'
import { startSqliteEngine } from './fake-system/sqlite-engine.ts'
import {
  accountRow,
  type FakeAccount,
  type FakeChange,
  insertAccount,
  toAccount,
  toChange,
} from './fake-system/tables.ts'

export interface FakeSystemOptions {
  /** An empty database of PostgreSQL. Default: a file of SQLite. */
  readonly postgres?: PostgresAccess
  /** Where the file is kept over restarts. Default: in a folder that goes with the stand-in. */
  readonly file?: string
  readonly accounts?: readonly FakeAccount[]
  /** Default the clock. */
  readonly now?: () => Date
}

/**
 * A stand-in of a revenues system: real tables in a real database, and a job that takes over what was written into the one for
 * changes. Its tables are our invention, after those that such systems have for others to write into.
 */
export interface FakeSystem {
  /** `databaseUrl`, and with PostgreSQL `password`: what the adapter is given. */
  readonly access: Engine['access']
  addAccounts(...accounts: readonly FakeAccount[]): Promise<void>
  /** In order of their references. */
  accounts(): Promise<readonly FakeAccount[]>
  /** Every row of the table for changes, in order of their references. */
  changes(): Promise<readonly FakeChange[]>
  /** Their references in the order in which they came. With SQLite only: PostgreSQL keeps none. */
  arrivals(): Promise<readonly string[]>
  /** A change that came by another way than Portreeve. */
  addChange(externalReference: string, accountRef: string): Promise<void>
  /** From now on the job rejects what is for this account, with these words. */
  refuse(accountRef: string, words: string): void
  /** The job of the night: each new change is taken over or rejected; how many it was. */
  work(): Promise<number>
  /** A clerk decides on one change, at a time of their own. */
  decide(externalReference: string, status: string, changedAt: string, words?: string): Promise<void>
  /** Somebody keeps it locked until the result is called. */
  lock(what: Lock): Promise<() => Promise<void>>
  goDown(): Promise<void>
  comeBack(): Promise<void>
  fallSilent(): Promise<void>
  /** With PostgreSQL only, as `behave`. */
  refuseLogin(): Promise<void>
  behave: Engine['behave']
  close(): Promise<void>
}

export async function startFakeSystem(options: FakeSystemOptions = {}): Promise<FakeSystem> {
  const engine = options.postgres ? await startPostgresEngine(options.postgres) : await startSqliteEngine(options.file)
  const { database } = engine
  const now = options.now ?? (() => new Date())
  const refusals = new Map<string, string>()
  const system: FakeSystem = {
    access: engine.access,
    async addAccounts(...accounts) {
      await database.transaction(async (t) => {
        for (const account of accounts) await t.query(insertAccount, accountRow(account))
      })
    },
    async accounts() {
      return (await database.query('SELECT * FROM account ORDER BY account_ref')).map(toAccount)
    },
    async changes() {
      return (await database.query('SELECT * FROM address_change ORDER BY external_reference')).map(toChange)
    },
    async arrivals() {
      const rows = await database.query('SELECT external_reference FROM address_change ORDER BY rowid')
      return rows.map(({ external_reference }) => String(external_reference))
    },
    async addChange(externalReference, accountRef) {
      const insert = `INSERT INTO address_change (external_reference, account_ref, moved_on, status) VALUES ($1, $2, '2026-03-01', 'NEW')`
      await database.transaction((t) => t.query(insert, [externalReference, accountRef]))
    },
    refuse: (accountRef, words) => void refusals.set(accountRef, words),
    work: () => runNightJob(database, refusals, now),
    async decide(externalReference, status, changedAt, words) {
      const update =
        'UPDATE address_change SET status = $2, changed_at = $3, status_words = $4 WHERE external_reference = $1'
      await database.transaction((t) => t.query(update, [externalReference, status, changedAt, words ?? null]))
    },
    lock: (what) => holdLock(engine, what),
    goDown: () => engine.goDown(),
    comeBack: () => engine.comeBack(),
    fallSilent: () => engine.fallSilent(),
    refuseLogin: () => engine.refuseLogin(),
    behave: (how) => engine.behave(how),
    close: () => engine.close(),
  }
  await system.addAccounts(...(options.accounts ?? []))
  return system
}

const longestLockMs = 600_000

async function holdLock(engine: Engine, what: Lock): Promise<() => Promise<void>> {
  const [taken, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = engine.database.transaction(
    async (t) => {
      await engine.lock(t, what)
      taken.resolve()
      await released.promise
    },
    { timeoutMs: longestLockMs },
  )
  await Promise.race([taken.promise, holding])
  // Closed with the lock still held, the stand-in lets go of it.
  const over = holding.catch(() => undefined)
  return async () => {
    released.resolve()
    await over
  }
}

export type { Lock } from './fake-system/engine.ts'
export type { FakeAccount, FakeChange } from './fake-system/tables.ts'
