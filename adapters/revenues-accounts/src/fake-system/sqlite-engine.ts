import { mkdtemp, open, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openSql } from '@portreeve/endpoints'
import type { Engine } from './engine.ts'
import { makeTables } from './tables.ts'

const timeoutMs = 10_000

/** `file`: where the tables are kept over restarts; without one, in a folder that goes with the stand-in. */
export async function startSqliteEngine(file?: string): Promise<Engine> {
  const folder = file === undefined ? await mkdtemp(join(tmpdir(), 'revenues-accounts-')) : null
  const path = file ?? join(folder ?? '', 'accounts.db')
  // The product never makes a database of somebody else's.
  await (await open(path, 'a')).close()
  const database = openSql({ databaseUrl: `sqlite:${path}`, timeoutMs })
  await makeTables(database)
  let silent: DatabaseSync | undefined
  return {
    database,
    access: { databaseUrl: `sqlite:${path}` },
    // A transaction that may write keeps every other one out.
    lock: async () => undefined,
    goDown: () => rename(path, `${path}.down`),
    comeBack: () => rename(`${path}.down`, path),
    async fallSilent() {
      silent = new DatabaseSync(path)
      silent.exec('BEGIN EXCLUSIVE')
    },
    async close() {
      silent?.close()
      await database.close()
      if (folder !== null) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    refuseLogin: () => Promise.reject(new TypeError('a file of SQLite has no login')),
    behave() {
      throw new TypeError('a file of SQLite has no connection that could be cut')
    },
  }
}
