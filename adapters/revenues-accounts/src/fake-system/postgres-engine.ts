import { randomBytes } from 'node:crypto'
import { openSql } from '@portreeve/endpoints'
import { startPostgresProxy } from '@portreeve/endpoints/testing'
import type { Engine } from './engine.ts'
import { makeTables } from './tables.ts'

const timeoutMs = 10_000

export interface PostgresAccess {
  /** An empty database, and a user who may make tables and roles there. */
  readonly databaseUrl: string
  readonly password: string
}

/** The adapter gets a login with no more rights than its page says, and a way to the server that can be broken. */
export async function startPostgresEngine({ databaseUrl, password }: PostgresAccess): Promise<Engine> {
  const database = openSql({ databaseUrl, password, timeoutMs })
  const run = async (...statements: readonly string[]) => {
    await database.transaction(async (t) => {
      for (const statement of statements) await t.query(statement)
    })
  }
  const login = { user: `portreeve_${randomBytes(6).toString('hex')}`, password: randomBytes(18).toString('base64url') }
  const url = new URL(databaseUrl)
  await makeTables(database)
  await run(
    `CREATE ROLE ${login.user} LOGIN PASSWORD '${login.password}'`,
    `GRANT SELECT ON account TO ${login.user}`,
    `GRANT SELECT, INSERT ON address_change TO ${login.user}`,
  )
  const proxy = await startPostgresProxy({ host: url.hostname, port: Number(url.port) })
  url.hostname = '127.0.0.1'
  url.port = String(proxy.port)
  url.username = login.user
  return {
    database,
    access: { databaseUrl: url.href, password: login.password },
    // The row's lock keeps out what refers to it, too.
    lock: (t, what) =>
      what === 'table'
        ? t.query('LOCK TABLE address_change IN ACCESS EXCLUSIVE MODE')
        : t.query('SELECT account_ref FROM account WHERE account_ref = $1 FOR UPDATE', [what.accountRef]),
    goDown: () => proxy.down(),
    comeBack: () => proxy.up(),
    fallSilent: async () => proxy.behave('silent'),
    async refuseLogin() {
      await run(`ALTER ROLE ${login.user} PASSWORD '${randomBytes(18).toString('base64url')}'`)
      // Who is in already has to come in again.
      await run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${login.user}'`)
    },
    behave: (how) => proxy.behave(how),
    async close() {
      await proxy.down()
      await database.close()
    },
  }
}
