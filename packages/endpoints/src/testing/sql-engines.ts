import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import type { SqlOptions } from '../sql.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A real database of an engine, reached past the code under test. */
export interface TestDatabase {
  readonly options: Pick<SqlOptions, 'databaseUrl' | 'password'>
  /** Runs statements, and tells the rows of the last one. */
  execute(sql: string): Promise<readonly unknown[]>
  /** Begins a transaction of somebody else's with this statement and keeps it open until the result is called. */
  hold(sql: string): Promise<() => Promise<void>>
  stop(): Promise<void>
}

export interface Engine {
  readonly name: string
  start(): Promise<TestDatabase>
}

export const sqlite: Engine = {
  name: 'SQLite',
  async start() {
    const folder = await temporaryFolder()
    const path = `${folder.path}/a database.db`
    const raw = new DatabaseSync(path)
    return {
      options: { databaseUrl: `sqlite:${path}` },
      async execute(sql) {
        const statements = sql.split(';').filter((each) => each.trim() !== '')
        return statements.map((each) => raw.prepare(each).all()).at(-1) ?? []
      },
      async hold(sql) {
        const other = new DatabaseSync(path)
        other.exec('BEGIN EXCLUSIVE')
        other.exec(sql)
        return async () => {
          other.exec('ROLLBACK')
          other.close()
        }
      },
      async stop() {
        raw.close()
        await folder[Symbol.asyncDispose]()
      },
    }
  },
}

interface Server {
  readonly password: string
  createDatabase(): Promise<string>
  execute(databaseUrl: string, sql: string): Promise<readonly unknown[]>
}

/** One server for all tests of a file; a database for each. */
export function postgresOf(server: () => Server): Engine {
  return {
    name: 'PostgreSQL',
    async start() {
      const { password, createDatabase, execute } = server()
      const databaseUrl = await createDatabase()
      return {
        options: { databaseUrl, password },
        execute: (sql) => execute(databaseUrl, sql),
        async hold(sql) {
          const url = new URL(databaseUrl)
          url.password = password
          const other = new Client({ connectionString: url.href })
          await other.connect()
          await other.query('BEGIN')
          await other.query(sql)
          return () => other.end()
        },
        stop: async () => undefined,
      }
    },
  }
}
