import { setTimeout as sleep } from 'node:timers/promises'
import { isPortreeveError, type PortreeveError } from '@portreeve/errors'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { needsPostgres, startPostgres, type TestPostgres, whyNoPostgres } from '../../../test/support/postgres.ts'
import { openSql, type SqlDatabase } from './sql.ts'
import { violationOf } from './sql-violation.ts'
import { type Engine, postgresOf, sqlite, type TestDatabase } from './testing/sql-engines.ts'

let server: TestPostgres | undefined
beforeAll(async () => {
  if (whyNoPostgres() === null) server = await startPostgres()
})
afterAll(() => server?.stop())

async function fault(attempt: Promise<unknown>): Promise<PortreeveError> {
  const error = await attempt.then(
    () => 'it worked',
    (error: unknown) => error,
  )
  if (!isPortreeveError(error)) throw new TypeError(`expected an error of the catalogue, got ${String(error)}`)
  return error
}

function promises(engine: Engine): void {
  let database: TestDatabase
  let sql: SqlDatabase
  beforeEach(async () => {
    database = await engine.start()
    await database.execute(
      `CREATE TABLE parent (id INTEGER PRIMARY KEY); INSERT INTO parent VALUES (1);
       CREATE TABLE note (id INTEGER PRIMARY KEY, text VARCHAR(20) NOT NULL CHECK (text <> ''), large BIGINT,
         parent INTEGER REFERENCES parent)`,
    )
    sql = openSql({ ...database.options, timeoutMs: 5_000 })
  })
  afterEach(async () => {
    await sql.close()
    await database.stop()
  })
  const insert = 'INSERT INTO note (id, text) VALUES ($1, $2)'
  const notes = async () => await database.execute('SELECT id, text FROM note ORDER BY id')

  it('brings rows as plain objects, numbers as numbers and what is larger as text', async () => {
    await sql.transaction((t) =>
      t.query('INSERT INTO note VALUES ($1, $2, $3, NULL)', [7, 'seven', '9007199254740993']),
    )
    const rows = await sql.query('SELECT id, text, large, parent FROM note WHERE text = $1 OR text = $1', ['seven'])
    expect(rows).toEqual([{ id: 7, text: 'seven', large: '9007199254740993', parent: null }])
    expect(Object.getPrototypeOf(rows[0])).toBe(Object.prototype)
  })

  it.each(["O'Brien; --", '"); DROP TABLE note;', '$1 ? :a @b', '\\x27 é ☂'])('takes %j for a text', async (text) => {
    await sql.transaction((t) => t.query(insert, [1, text.slice(0, 20)]))
    expect(await notes()).toEqual([{ id: 1, text: text.slice(0, 20) }])
  })

  it('keeps all of a transaction, or nothing when its work fails, and hands on why', async () => {
    const mind = new RangeError('changed my mind')
    const attempt = sql.transaction(async (t) => {
      await t.query(insert, [1, 'one'])
      throw mind
    })
    await expect(attempt).rejects.toBe(mind)
    expect(await notes()).toEqual([])
    const said = await sql.transaction(async (t) => {
      await t.query(insert, [1, 'one'])
      await t.query(insert, [2, 'two'])
      return 'both'
    })
    expect([said, await notes()]).toEqual([
      'both',
      [
        { id: 1, text: 'one' },
        { id: 2, text: 'two' },
      ],
    ])
  })

  it('keeps nothing of a transaction whose work goes on after a failure', async () => {
    const attempt = sql.transaction(async (t) => {
      await t.query(insert, [1, 'one'])
      await t.query(insert, [1, 'again']).catch(() => undefined)
    })
    expect(violationOf(await fault(attempt))).toBe('unique')
    expect(await notes()).toEqual([])
  })

  it('reads only with a query of its own', async () => {
    await expect(sql.query(insert, [1, 'one'])).rejects.toThrow(TypeError)
    expect(await notes()).toEqual([])
  })

  it.each([
    ['unique', 'INSERT INTO parent VALUES (1)'],
    ['foreign-key', "INSERT INTO note (id, text, parent) VALUES (1, 'one', 2)"],
    ['not-null', 'INSERT INTO note (id) VALUES (1)'],
    ['check', "INSERT INTO note (id, text) VALUES (1, '')"],
  ])('says which kind of rule forbids it: %s', async (kind, statement) => {
    const error = await fault(sql.transaction((t) => t.query(statement)))
    expect([violationOf(error), error.failureClass]).toEqual([kind, 'message-bad'])
  })

  it.each(['SELECT * FROM notes', 'SELECT txt FROM note', 'SELEKT 1'])(
    'leaves to the operator: %s',
    async (statement) => {
      const error = await fault(sql.query(statement))
      expect([error.code, error.failureClass]).toEqual(['PRV_ENDPOINTS_SQL_STATEMENT', 'operator'])
    },
  )

  it('gives up what somebody keeps locked, has written nothing, and writes it when it is free', async () => {
    const release = await database.hold(`INSERT INTO note (id, text) VALUES (1, 'theirs')`)
    const error = await fault(sql.transaction((t) => t.query(insert, [1, 'ours']), { timeoutMs: 300 }))
    expect([error.code, error.failureClass]).toEqual(['PRV_ENDPOINTS_SQL_LOCKED', 'overload'])
    const waiting = sql.transaction((t) => t.query(insert, [1, 'ours']))
    await sleep(100)
    await release()
    await waiting
    expect(await notes()).toEqual([{ id: 1, text: 'ours' }])
  })

  it('lets everything else go on while it waits for a lock', async () => {
    const release = await database.hold(`INSERT INTO note (id, text) VALUES (1, 'theirs')`)
    let turns = 0
    const turning = setInterval(() => turns++, 5)
    await fault(sql.transaction((t) => t.query(insert, [1, 'ours']), { timeoutMs: 300 }))
    clearInterval(turning)
    await release()
    expect(turns).toBeGreaterThan(5)
  })

  it.each(['before it begins', 'while it waits for a lock', 'between two statements'])(
    'lets go when it is told to stop %s, and has written nothing',
    async (when) => {
      const stop = new AbortController()
      const release =
        when === 'while it waits for a lock'
          ? await database.hold("INSERT INTO note (id, text) VALUES (1, 'x')")
          : undefined
      if (when === 'before it begins') stop.abort()
      else setTimeout(() => stop.abort(), 100)
      const attempt = sql.transaction(
        async (t) => {
          await t.query(insert, [1, 'one'])
          await new Promise(() => {})
        },
        { signal: stop.signal },
      )
      expect((await fault(attempt)).code).toBe('PRV_ENDPOINTS_STOPPED')
      await release?.()
      expect(await notes()).toEqual([])
      await sql.transaction((t) => t.query(insert, [1, 'one']))
    },
  )

  it('gives up work that takes too long, and takes nothing of it that comes later', async () => {
    const late = Promise.withResolvers<unknown>()
    const attempt = sql.transaction(
      async (t) => {
        await t.query(insert, [1, 'one'])
        await sleep(400)
        late.resolve(t.query(insert, [2, 'late']).catch((error: unknown) => error))
      },
      { timeoutMs: 200 },
    )
    const error = await fault(attempt)
    expect([error.code, error.failureClass]).toEqual(['PRV_ENDPOINTS_SQL_SLOW', 'target-down'])
    expect(await late.promise).toBeInstanceOf(Error)
    expect(await notes()).toEqual([])
  })

  it('ends what is under way when it is closed, and can be closed twice', async () => {
    const attempt = sql.transaction(() => new Promise(() => {}))
    const told = fault(attempt)
    await sleep(50)
    await sql.close()
    expect((await told).code).toBe('PRV_ENDPOINTS_STOPPED')
    await sql.close()
    expect((await fault(sql.query('SELECT 1'))).code).toBe('PRV_ENDPOINTS_STOPPED')
  })

  it('serves many at once', async () => {
    const numbers = Array.from({ length: 20 }, (_, number) => number)
    await Promise.all(numbers.map((id) => sql.transaction((t) => t.query(insert, [id, `note ${id}`]))))
    expect(await notes()).toHaveLength(20)
  })
}

describe('a database of SQLite', () => promises(sqlite))

describe.skipIf(whyNoPostgres() !== null)(`a database of PostgreSQL${needsPostgres}`, () => {
  promises(
    postgresOf(() => {
      if (!server) throw new TypeError('no server')
      return server
    }),
  )
})
