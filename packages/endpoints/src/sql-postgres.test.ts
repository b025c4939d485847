import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isPortreeveError, type PortreeveError } from '@portreeve/errors'
import { DatabaseError } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { needsPostgres, startPostgres, type TestPostgres, whyNoPostgres } from '../../../test/support/postgres.ts'
import { openSql, type SqlDatabase, type SqlOptions } from './sql.ts'
import { inOurWords } from './sql-postgres-faults.ts'
import { type PostgresProxy, startPostgresProxy } from './testing/postgres-proxy.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'
import { untrusted } from './testing/untrusted-certificate.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
})

function open(options: Omit<SqlOptions, 'timeoutMs'> & Partial<SqlOptions>): SqlDatabase {
  const sql = openSql({ timeoutMs: 5_000, ...options })
  opened.push(sql)
  return sql
}

async function fault(attempt: Promise<unknown>): Promise<PortreeveError> {
  const error = await attempt.then(
    () => 'it worked',
    (error: unknown) => error,
  )
  if (!isPortreeveError(error)) throw new TypeError(`expected an error of the catalogue, got ${String(error)}`)
  return error
}

describe('what PostgreSQL says has one code of ours', () => {
  const moment = { database: 'postgresql://db/x', timeoutMs: 5_000, committing: false }
  const said = (code: string) => Object.assign(new DatabaseError('Ms Tide is no date', 0, 'error'), { code })
  it.each([
    ['08006', 'PRV_ENDPOINTS_SQL_UNREACHABLE', 'PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN'],
    ['22001', 'PRV_ENDPOINTS_SQL_VALUE', 'PRV_ENDPOINTS_SQL_VALUE'],
    ['22007', 'PRV_ENDPOINTS_SQL_VALUE', 'PRV_ENDPOINTS_SQL_VALUE'],
    ['23505', 'PRV_ENDPOINTS_SQL_CONSTRAINT', 'PRV_ENDPOINTS_SQL_CONSTRAINT'],
    ['25006', 'PRV_ENDPOINTS_SQL_READ_ONLY', 'PRV_ENDPOINTS_SQL_READ_ONLY'],
    ['28P01', 'PRV_ENDPOINTS_SQL_LOGIN', 'PRV_ENDPOINTS_SQL_LOGIN'],
    ['28000', 'PRV_ENDPOINTS_SQL_LOGIN', 'PRV_ENDPOINTS_SQL_LOGIN'],
    ['40001', 'PRV_ENDPOINTS_SQL_LOCKED', 'PRV_ENDPOINTS_SQL_LOCKED'],
    ['40003', 'PRV_ENDPOINTS_SQL_FAILED', 'PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN'],
    ['40P01', 'PRV_ENDPOINTS_SQL_LOCKED', 'PRV_ENDPOINTS_SQL_LOCKED'],
    ['53100', 'PRV_ENDPOINTS_DISK_FULL', 'PRV_ENDPOINTS_DISK_FULL'],
    ['53300', 'PRV_ENDPOINTS_SQL_BUSY', 'PRV_ENDPOINTS_SQL_BUSY'],
    ['55P03', 'PRV_ENDPOINTS_SQL_LOCKED', 'PRV_ENDPOINTS_SQL_LOCKED'],
    ['57014', 'PRV_ENDPOINTS_SQL_SLOW', 'PRV_ENDPOINTS_SQL_SLOW'],
    ['57P01', 'PRV_ENDPOINTS_SQL_UNREACHABLE', 'PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN'],
    ['57P03', 'PRV_ENDPOINTS_SQL_UNREACHABLE', 'PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN'],
    ['58030', 'PRV_ENDPOINTS_SQL_FAILED', 'PRV_ENDPOINTS_SQL_FAILED'],
    ['XX001', 'PRV_ENDPOINTS_SQL_FAILED', 'PRV_ENDPOINTS_SQL_FAILED'],
  ])('%s is %s, at COMMIT %s, and repeats nobody’s data', (state, before, atCommit) => {
    for (const [committing, code] of [
      [false, before],
      [true, atCommit],
    ] as const) {
      const error = inOurWords(said(state), { ...moment, committing })
      expect(error).toMatchObject({ code })
      expect(isPortreeveError(error) && error.message).not.toMatch(/\{\w+\}|Tide/)
    }
  })
})

describe.skipIf(whyNoPostgres() !== null)(`a server of PostgreSQL${needsPostgres}`, () => {
  let server: TestPostgres
  let proxy: PostgresProxy
  let databaseUrl: string
  beforeAll(async () => {
    server = await startPostgres({ tls: untrusted })
    databaseUrl = await server.createDatabase()
    await server.execute(
      databaseUrl,
      'CREATE TABLE note (id integer PRIMARY KEY, at timestamptz, on_day date, name varchar(5))',
    )
    proxy = await startPostgresProxy({ host: '127.0.0.1', port: server.port })
  })
  afterEach(async () => {
    proxy.behave('well')
    await server.execute(databaseUrl, 'TRUNCATE note')
  })
  afterAll(async () => {
    await proxy.down()
    await server.stop()
  })

  const insert = 'INSERT INTO note (id) VALUES ($1)'
  const notes = async () => (await server.execute(databaseUrl, 'SELECT id FROM note')).length
  const through = (options: Partial<SqlOptions> = {}) =>
    open({
      databaseUrl: databaseUrl.replace(`:${server.port}`, `:${proxy.port}`),
      password: server.password,
      ...options,
    })
  const at = (change: (url: URL) => void) => {
    const url = new URL(databaseUrl)
    change(url)
    return url.href
  }

  it('brings dates and times as text, to the microsecond and in UTC, whatever is set elsewhere', async () => {
    const name = databaseUrl.split('/').at(-1)
    await server.execute(
      databaseUrl,
      `ALTER DATABASE ${name} SET DateStyle = 'German'; ALTER DATABASE ${name} SET TimeZone = 'Asia/Tokyo'`,
    )
    const { password } = server
    await server.execute(
      databaseUrl,
      "SET DateStyle = 'ISO'; INSERT INTO note VALUES (1, '2026-07-01 12:00:00.123456+01', '1980-02-03')",
    )
    expect(await open({ databaseUrl, password }).query('SELECT at, on_day, true AS yes FROM note')).toEqual([
      { at: '2026-07-01 11:00:00.123456+00', on_day: '1980-02-03', yes: true },
    ])
  })

  it.each([
    ['a wrong password', 'tide', undefined],
    ['no password', undefined, undefined],
    ['a user that it does not know', 'tide', 'stranger'],
  ])('refuses the login with %s, which is not shown', async (_, password, user) => {
    const url = at((url) => {
      if (user !== undefined) url.username = user
    })
    const error = await fault(open({ databaseUrl: url, ...(password && { password }) }).query('SELECT 1'))
    expect([error.code, error.failureClass]).toEqual(['PRV_ENDPOINTS_SQL_LOGIN', 'operator'])
    expect(JSON.stringify(error)).not.toMatch(/tide|stranger/)
  })

  it('that has no such database, or grants no right, is the operator’s matter', async () => {
    const { password } = server
    const elsewhere = at((url) => {
      url.pathname = '/elsewhere'
    })
    expect((await fault(open({ databaseUrl: elsewhere, password }).query('SELECT 1'))).code).toBe(
      'PRV_ENDPOINTS_SQL_STATEMENT',
    )
    await server.execute(databaseUrl, "CREATE ROLE clerk LOGIN PASSWORD 'quill'; GRANT SELECT ON note TO clerk")
    const clerk = open({
      databaseUrl: at((url) => {
        url.username = 'clerk'
      }),
      password: 'quill',
    })
    expect(await clerk.query('SELECT id FROM note')).toEqual([])
    const error = await fault(clerk.transaction((t) => t.query(insert, [1])))
    expect([error.code, error.details.fault]).toEqual([
      'PRV_ENDPOINTS_SQL_NOT_ALLOWED',
      '42501: permission denied for table note',
    ])
  })

  it('that may only be read says so', async () => {
    await server.execute(databaseUrl, "CREATE ROLE reader LOGIN PASSWORD 'quill'; GRANT ALL ON note TO reader")
    await server.execute(databaseUrl, 'ALTER ROLE reader SET default_transaction_read_only = on')
    const reader = open({
      databaseUrl: at((url) => {
        url.username = 'reader'
      }),
      password: 'quill',
    })
    expect((await fault(reader.transaction((t) => t.query(insert, [1])))).code).toBe('PRV_ENDPOINTS_SQL_READ_ONLY')
  })

  it('does not take a value that is too long, and does not repeat it', async () => {
    const sql = open({ databaseUrl, password: server.password })
    const error = await fault(
      sql.transaction((t) => t.query('INSERT INTO note (id, name) VALUES (1, $1)', ['Tidewater'])),
    )
    expect([error.code, error.failureClass]).toEqual(['PRV_ENDPOINTS_SQL_VALUE', 'message-bad'])
    expect(error.message).not.toContain('Tidewater')
  })

  it('that is down is unreachable, and is used again when it is back', async () => {
    const sql = through()
    await sql.transaction((t) => t.query(insert, [1]))
    await proxy.down()
    try {
      const error = await fault(sql.transaction((t) => t.query(insert, [2])))
      expect([error.code, error.failureClass]).toEqual(['PRV_ENDPOINTS_SQL_UNREACHABLE', 'target-down'])
    } finally {
      await proxy.up()
    }
    await sql.transaction((t) => t.query(insert, [2]))
    expect(await notes()).toBe(2)
  })

  it.each([
    ['when it is asked for the first time', false],
    ['when it has answered before', true],
  ])('that says nothing any more is given up %s', async (_, before) => {
    const sql = through({ timeoutMs: 400 })
    if (before) await sql.query('SELECT 1')
    proxy.behave('silent')
    const error = await fault(sql.transaction((t) => t.query(insert, [1])))
    expect(['PRV_ENDPOINTS_SQL_SLOW', 'PRV_ENDPOINTS_SQL_UNREACHABLE']).toContain(error.code)
    expect(error.failureClass).toBe('target-down')
    proxy.behave('well')
    await sql.transaction((t) => t.query(insert, [1]))
  })

  it('that says nothing any more keeps nobody who is told to stop', async () => {
    const sql = through()
    await sql.query('SELECT 1')
    proxy.behave('silent')
    const stop = new AbortController()
    const told = fault(sql.query('SELECT 1', [], { signal: stop.signal }))
    await sleep(50)
    stop.abort()
    expect((await told).code).toBe('PRV_ENDPOINTS_STOPPED')
    await sql.close()
  })

  it.each([
    ['cut before COMMIT', 0],
    ['cut after COMMIT', 1],
  ] as const)('whose connection is %s leaves the outcome unknown', async (behaviour, written) => {
    const sql = through()
    proxy.behave(behaviour)
    const error = await fault(sql.transaction((t) => t.query(insert, [1])))
    expect([error.code, error.failureClass]).toEqual(['PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN', 'unknown-outcome'])
    proxy.behave('well')
    expect(await sql.query('SELECT id FROM note')).toHaveLength(written)
  })

  it('that is silent at COMMIT leaves the outcome unknown, for one who is told to stop too', async () => {
    const sql = through({ timeoutMs: 500 })
    const silentAtCommit = async (signal?: AbortSignal) =>
      await fault(
        sql.transaction(async (t) => {
          await t.query(insert, [1])
          proxy.behave('silent')
        }, signal && { signal }),
      )
    expect((await silentAtCommit()).code).toBe('PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN')
    proxy.behave('well')
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 200)
    expect((await silentAtCommit(stop.signal)).code).toBe('PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN')
  })

  it('that is cut before its COMMIT has surely written nothing', async () => {
    const sql = through()
    const error = await fault(
      sql.transaction(async (t) => {
        await t.query(insert, [1])
        await proxy.down()
        await t.query(insert, [2])
      }),
    )
    await proxy.up()
    expect([error.code, await notes()]).toEqual(['PRV_ENDPOINTS_SQL_UNREACHABLE', 0])
  })

  it('that ends every connection in the middle of the work has surely written nothing', async () => {
    const sql = open({ databaseUrl, password: server.password })
    const error = await fault(
      sql.transaction(async (t) => {
        await t.query(insert, [1])
        await server.execute(
          databaseUrl,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'portreeve'",
        )
        await t.query(insert, [2])
      }),
    )
    expect([error.failureClass, await notes()]).toEqual(['target-down', 0])
    await sql.transaction((t) => t.query(insert, [1]))
  })

  it('that closed connections which nobody used is asked on another one', async () => {
    const sql = open({ databaseUrl, password: server.password })
    await Promise.all([1, 2, 3].map((id) => sql.transaction((t) => t.query(insert, [id]))))
    await server.execute(
      databaseUrl,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'portreeve'",
    )
    await Promise.all([4, 5, 6].map((id) => sql.transaction((t) => t.query(insert, [id]))))
    expect(await notes()).toBe(6)
  })

  it('keeps no lock for one that has vanished', async () => {
    const sql = through({ timeoutMs: 300 })
    await fault(
      sql.transaction(async (t) => {
        await t.query('LOCK TABLE note')
        proxy.behave('silent')
        await t.query('SELECT 1')
      }),
    )
    await server.execute(databaseUrl, "SET lock_timeout = '10s'; INSERT INTO note (id) VALUES (5)")
    expect(await notes()).toBe(1)
  })

  it('proves who it is over TLS, or is told nothing', async () => {
    await using folder = await temporaryFolder()
    const caFile = `${folder.path}/ca.pem`
    writeFileSync(caFile, untrusted.cert)
    const { password } = server
    const [tls, otherName] = ['127.0.0.1', 'localhost'].map((host) =>
      at((url) => {
        url.hostname = host
        url.searchParams.set('sslmode', 'verify-full')
      }),
    )
    const asked = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'
    expect(await open({ databaseUrl: `${tls}`, password, caFile }).query(asked)).toEqual([{ ssl: true }])
    const nobody = await fault(open({ databaseUrl: `${tls}`, password }).query(asked))
    expect([nobody.code, nobody.details.fault]).toEqual([
      'PRV_ENDPOINTS_SQL_UNREACHABLE',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ])
    const another = await fault(open({ databaseUrl: `${otherName}`, password, caFile }).query(asked))
    expect([another.code, another.details.fault]).toEqual([
      'PRV_ENDPOINTS_SQL_UNREACHABLE',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ])
  })

  it('that speaks no TLS is told nothing', async () => {
    const plain = await startPostgres()
    try {
      const databaseUrl = `postgresql://postgres@127.0.0.1:${plain.port}/postgres?sslmode=verify-full`
      const error = await fault(open({ databaseUrl, password: plain.password }).query('SELECT 1'))
      expect(error.code).toBe('PRV_ENDPOINTS_SQL_UNREACHABLE')
    } finally {
      await plain.stop()
    }
  })

  it('whose authority’s file is missing is the operator’s matter', async () => {
    const databaseUrl = at((url) => url.searchParams.set('sslmode', 'verify-full'))
    const error = await fault(open({ databaseUrl, caFile: '/nowhere/ca.pem' }).query('SELECT 1'))
    expect(error.failureClass).toBe('operator')
  })
})
