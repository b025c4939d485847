import { readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { isPortreeveError } from '@portreeve/errors'
import { Pool, type PoolClient } from 'pg'
import { fromFileFault } from './file-faults.ts'
import type { SqlCall, SqlDatabase, SqlOptions, SqlTransaction } from './sql.ts'
import { givenUp, inOurWords } from './sql-postgres-faults.ts'
import { type PostgresSession, sessionOf } from './sql-postgres-session.ts'
import { GivenUp, TimeLimit } from './sql-time-limit.ts'
import type { PostgresAddress } from './sql-url.ts'

const maxConnections = 4
const idleMs = 30_000
const closeWithinMs = 500

/** A server of PostgreSQL's. Connections are kept for a while; one on which anything went wrong is given up. */
export function openPostgres(address: PostgresAddress, options: SqlOptions): SqlDatabase {
  const { shown: database } = address
  const closing = new AbortController()
  const sockets = new Set<Socket>()
  const kept = new WeakSet<PoolClient>()
  let pool: Pool | undefined

  async function checkOut(limit: TimeLimit): Promise<PoolClient> {
    let coming: Promise<PoolClient> | undefined
    try {
      limit.check()
      pool ??= poolOf(address, options, sockets)
      coming = pool.connect()
      return await limit.race(coming)
    } catch (error) {
      coming?.then(
        (client) => client.release(true),
        () => undefined,
      )
      throw inOurWords(error, { database, timeoutMs: limit.timeoutMs, committing: false })
    }
  }

  /** A connection that was kept may have been closed meanwhile from the other side: another one is taken then. */
  async function begin(mode: 'READ ONLY' | 'READ WRITE', limit: TimeLimit): Promise<PostgresSession> {
    for (;;) {
      const client = await checkOut(limit)
      const session = sessionOf(client, database, limit)
      try {
        await session.begin(mode)
        kept.add(client)
        return session
      } catch (error) {
        session.end()
        if (!kept.has(client) || !isPortreeveError(error, 'PRV_ENDPOINTS_SQL_UNREACHABLE')) throw error
      }
    }
  }

  async function run<T>(
    mode: 'READ ONLY' | 'READ WRITE',
    { signal, timeoutMs = options.timeoutMs }: SqlCall,
    work: (session: PostgresSession) => Promise<T>,
  ): Promise<T> {
    const limit = new TimeLimit(timeoutMs, [signal, closing.signal])
    const session = await begin(mode, limit)
    try {
      // What `work` throws of its own accord is nobody's fault here.
      const result = await limit.race(work(session))
      await session.commit()
      return result
    } catch (error) {
      throw error instanceof GivenUp ? givenUp(error, { database, timeoutMs, committing: false }) : error
    } finally {
      session.end()
    }
  }

  return {
    query: (sql, parameters, call = {}) => run('READ ONLY', call, (session) => session.query(sql, parameters)),
    transaction: <T>(work: (t: SqlTransaction) => Promise<T>, call: SqlCall = {}) => run('READ WRITE', call, work),
    async close() {
      closing.abort()
      const ended = pool?.ending === false ? pool.end() : undefined
      await Promise.race([ended, sleep(closeWithinMs, undefined, { ref: false })])
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Every setting is given: the client would take what is missing from environment variables. */
function poolOf(
  { host, port, user, database, tls }: PostgresAddress,
  { password = '', caFile, timeoutMs }: SqlOptions,
  sockets: Set<Socket>,
): Pool {
  const pool = new Pool({
    host,
    port,
    user,
    database,
    password: () => password,
    ssl: tls && { host, ...(caFile !== undefined && { ca: readPem(caFile) }) },
    max: maxConnections,
    idleTimeoutMillis: idleMs,
    connectionTimeoutMillis: timeoutMs,
    allowExitOnIdle: true,
    keepAlive: true,
    application_name: 'portreeve',
    stream: () => {
      const socket = new Socket()
      sockets.add(socket)
      return socket.once('close', () => sockets.delete(socket))
    },
  })
  // One that nobody uses was closed from the other side: the pool has let go of it already.
  pool.on('error', () => undefined)
  // Between two statements nobody waits for an answer that could fail instead.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw fromFileFault(error, path, 'read')
  }
}
