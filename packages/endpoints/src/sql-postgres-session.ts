import { DatabaseError, type PoolClient } from 'pg'
import type { SqlParameter, SqlRow, SqlTransaction, SqlValue } from './sql.ts'
import { inOurWords } from './sql-postgres-faults.ts'
import type { TimeLimit } from './sql-time-limit.ts'

/** One transaction on one connection. */
export interface PostgresSession extends SqlTransaction {
  begin(mode: 'READ ONLY' | 'READ WRITE'): Promise<void>
  /** Keeps what was written; there is nothing to keep of what only read. */
  commit(): Promise<void>
  /** Gives the connection back: closed, unless the transaction has ended well. */
  end(): void
}

/** Rejects in our words. `database`: as it is shown. */
export function sessionOf(client: PoolClient, database: string, limit: TimeLimit): PostgresSession {
  let [committing, isClean, ended, readsOnly] = [false, false, false, false]
  let failed: { readonly error: unknown } | undefined

  async function answer<T>(asked: Promise<T>): Promise<T> {
    try {
      return await limit.race(asked)
    } catch (error) {
      if (readsOnly && error instanceof DatabaseError && error.code === '25006') {
        throw new TypeError('query only reads: what writes is a transaction', { cause: error })
      }
      throw inOurWords(error, { database, timeoutMs: limit.timeoutMs, committing })
    }
  }

  async function query(sql: string, parameters: readonly SqlParameter[] = []): Promise<readonly SqlRow[]> {
    if (ended) throw new TypeError('the transaction is over')
    try {
      const asked = client.query<Record<string, SqlValue>>({ text: sql, values: [...parameters], types })
      const { rows } = await answer(asked)
      return rows
    } catch (error) {
      failed ??= { error }
      throw error
    }
  }

  return {
    query,
    async begin(mode) {
      readsOnly = mode === 'READ ONLY'
      await answer(client.query(beginning(mode, limit.leftMs)))
    },
    async commit() {
      // A caller that goes on after a failure all the same commits nothing.
      if (failed) throw failed.error
      limit.check()
      committing = !readsOnly
      await answer(client.query(readsOnly ? 'ROLLBACK' : 'COMMIT'))
      isClean = true
    },
    end() {
      ended = true
      client.release(!isClean)
    },
  }
}

/**
 * The server gives up a little before we do, so that it says why; and gives up a transaction of which it hears no more, so that
 * no lock outlives us. Set for this transaction only: connections may be shared by a pooler.
 */
function beginning(mode: 'READ ONLY' | 'READ WRITE', leftMs: number): string {
  const settings = {
    lock_timeout: Math.ceil(leftMs * 0.8),
    statement_timeout: Math.ceil(leftMs * 0.9),
    idle_in_transaction_session_timeout: leftMs + 1000,
    DateStyle: "'ISO'",
    TimeZone: "'UTC'",
    bytea_output: "'hex'",
  }
  // Left to the server, a transaction that writes is refused at its first change where it may not write.
  const begin = `BEGIN ISOLATION LEVEL READ COMMITTED${mode === 'READ ONLY' ? ', READ ONLY' : ''}`
  return [begin, ...Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = ${value}`)].join('; ')
}

/** Numbers of the object ids of types. Source: PostgreSQL's `pg_type.dat`. */
const oids = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, oid: 26, float4: 700, float8: 701 } as const

const parsers: Readonly<Record<number, (text: string) => SqlValue>> = {
  [oids.bool]: (text) => text === 't',
  [oids.bytea]: (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
  [oids.int2]: Number,
  [oids.int4]: Number,
  [oids.int8]: safeNumber,
  [oids.oid]: Number,
  [oids.float4]: Number,
  [oids.float8]: Number,
}

/** The same for both engines: what is no number, truth value or bytes is text. */
const types = { getTypeParser: (oid: number) => parsers[oid] ?? String }

function safeNumber(text: string): SqlValue {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}
