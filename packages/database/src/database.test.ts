import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { type DatabaseOptions, openDatabase } from './database.ts'

const folder = mkdtempSync(join(tmpdir(), 'portreeve-database-'))
const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

let files = 0
const applicationId = 0x7e57
const migrations = [{ name: 'notes', sql: 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, body BLOB) STRICT' }]
const open = (options: Partial<DatabaseOptions> = {}) =>
  openDatabase({ path: join(folder, `${++files}.db`), applicationId, migrations, ...options })

const source = new URL('./database.ts', import.meta.url).href
const script = (path: string, then: string) =>
  `import { openDatabase } from '${source}'
   try { const database = openDatabase(${JSON.stringify({ path, applicationId, migrations })}); ${then} }
   catch (error) { console.log(error.code) }`
const nodeOptions = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e']

describe('a database', () => {
  it('reads back rows by the columns that were declared', () => {
    using database = open()
    database.prepare('INSERT INTO note (id, text, body) VALUES (?, ?, ?)').run(7, 'kept', new Uint8Array([1, 2]))
    const notes = database.prepare('SELECT id, text, body FROM note WHERE id = :id', {
      id: 'integer',
      text: 'text?',
      body: 'blob?',
    })
    expect({ ...notes.get({ id: 7 }) }).toEqual({ id: 7, text: 'kept', body: new Uint8Array([1, 2]) })
    expect([...notes.iterate({ id: 8 })]).toEqual([])
  })

  it('refuses a declaration that does not fit the statement, and a row that does not fit the declaration', () => {
    using database = open()
    expect(() => database.prepare('SELECT id FROM note', { identity: 'integer' })).toThrow(TypeError)
    database.prepare('INSERT INTO note (id) VALUES (1)').run()
    expect(() => database.prepare('SELECT text FROM note', { text: 'text' }).all()).toThrow(
      expect.objectContaining({ code: 'PRV_DATABASE_DAMAGED' }),
    )
  })

  it('keeps all of a transaction or nothing of it', () => {
    using database = open()
    const insert = database.prepare('INSERT INTO note (id) VALUES (?)')
    const count = database.prepare('SELECT count(*) AS notes FROM note', { notes: 'integer' })
    const reason = new Error('changed my mind')
    const work = () => {
      insert.run(1)
      throw reason
    }
    expect(() => database.transaction(work)).toThrow(reason)
    expect(count.get()?.notes).toBe(0)
    expect(database.transaction(() => insert.run(1))).toBe(1)
    expect(count.get()?.notes).toBe(1)
    expect(() => database.transaction(() => insert.run(1))).toThrow(
      expect.objectContaining({ code: 'PRV_DATABASE_CONSTRAINT' }),
    )
  })

  it('takes back a part that throws, and keeps the rest when its caller goes on', () => {
    using database = open()
    const insert = database.prepare('INSERT INTO note (id) VALUES (?)')
    const part = (n: number, fault?: Error) =>
      database.transaction(() => {
        insert.run(n)
        if (fault) throw fault
      })
    database.transaction(() => {
      part(1)
      expect(() => part(2, new Error('not this one'))).toThrow('not this one')
      part(3)
    })
    expect(database.prepare('SELECT id FROM note ORDER BY id', { id: 'integer' }).all()).toEqual([{ id: 1 }, { id: 3 }])
    const whole = new Error('nothing of it')
    const all = () =>
      database.transaction(() => {
        part(4)
        throw whole
      })
    expect(all).toThrow(whole)
    expect(database.prepare('SELECT id FROM note WHERE id = 4', { id: 'integer' }).all()).toEqual([])
  })

  it('refuses to wait inside a transaction', () => {
    using database = open()
    expect(() => database.transaction(async () => 1)).toThrow(TypeError)
  })

  it('says that the disk is full, keeps nothing half-written, and goes on once there is space', () => {
    using database = open({ maxPageCount: 20 })
    const insert = database.prepare('INSERT INTO note (body) VALUES (?)')
    const count = database.prepare('SELECT count(*) AS notes FROM note', { notes: 'integer' })
    const tooMuch = () => {
      for (let i = 0; i < 100; i++) insert.run(new Uint8Array(1000))
    }
    expect(() => database.transaction(tooMuch)).toThrow(expect.objectContaining({ code: 'PRV_DATABASE_DISK_FULL' }))
    expect(count.get()?.notes).toBe(0)
    database.execute('PRAGMA max_page_count = 1000')
    database.transaction(tooMuch)
    expect(count.get()?.notes).toBe(100)
  })

  it('tells a second process that the file is in use, and lets it in once the owner was killed', async () => {
    const path = join(folder, `${++files}.db`)
    const arguments_ = [...nodeOptions, script(path, `console.log('open'); setInterval(() => database, 1000)`)]
    const owner = spawn(process.execPath, arguments_, { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(owner)
    await once(owner.stdout, 'data')
    expect(() => open({ path })).toThrow(expect.objectContaining({ code: 'PRV_DATABASE_OWNED' }))
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    open({ path }).close()
  })

  it('tells a user who may not write the folder', () => {
    const readOnly = join(folder, 'read-only')
    mkdirSync(readOnly)
    chmodSync(folder, 0o755)
    chmodSync(readOnly, 0o555)
    const path = join(readOnly, 'note.db')
    const uid = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    const said = execFileSync(process.execPath, [...nodeOptions, script(path, '')], { ...uid, encoding: 'utf8' })
    expect(said).toBe('PRV_DATABASE_READ_ONLY\n')
  })

  it('tells a user who may read the file and not write it', () => {
    const path = join(folder, `${++files}.db`)
    open({ path }).close()
    chmodSync(folder, 0o755)
    chmodSync(path, 0o444)
    const uid = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    const said = execFileSync(process.execPath, [...nodeOptions, script(path, '')], { ...uid, encoding: 'utf8' })
    expect(said).toBe('PRV_DATABASE_READ_ONLY\n')
  })

  it('tells a folder that does not exist', () => {
    const path = join(folder, 'missing', 'note.db')
    expect(() => open({ path })).toThrow(expect.objectContaining({ code: 'PRV_DATABASE_UNREACHABLE' }))
  })

  it('says that a truncated file and a file of something else are damaged', () => {
    const path = join(folder, `${++files}.db`)
    const database = open({ path })
    database.prepare('INSERT INTO note (body) VALUES (?)').run(new Uint8Array(100_000))
    database.close()
    truncateSync(path, 20_000)
    expect(() => open({ path })).toThrow(expect.objectContaining({ code: 'PRV_DATABASE_DAMAGED' }))
    writeFileSync(path, 'This is a letter to the council, and no database at all. '.repeat(100))
    expect(() => open({ path })).toThrow(expect.objectContaining({ code: 'PRV_DATABASE_DAMAGED' }))
  })

  it('is closed once, and says so afterwards', () => {
    const database = open()
    const count = database.prepare('SELECT count(*) AS notes FROM note', { notes: 'integer' })
    database.close()
    database.close()
    expect(() => count.get()).toThrow(expect.objectContaining({ code: 'PRV_DATABASE_CLOSED' }))
    expect(() => database.execute('SELECT 1')).toThrow(expect.objectContaining({ code: 'PRV_DATABASE_CLOSED' }))
  })
})

describe('the format of a file', () => {
  it('moves forward step by step and keeps what was there', () => {
    const path = join(folder, `${++files}.db`)
    const first = open({ path })
    first.prepare('INSERT INTO note (id, text) VALUES (1, ?)').run('old')
    first.close()
    const more = [...migrations, { name: 'author', sql: `ALTER TABLE note ADD COLUMN author TEXT DEFAULT 'nobody'` }]
    using second = open({ path, migrations: more })
    const row = second.prepare('SELECT text, author FROM note', { text: 'text', author: 'text' }).get()
    expect({ ...row }).toEqual({ text: 'old', author: 'nobody' })
  })

  it('keeps nothing of a step that fails, and the steps before it', () => {
    const path = join(folder, `${++files}.db`)
    const broken = [...migrations, { name: 'broken', sql: 'CREATE TABLE one (a) STRICT; CREATE TABLE note (b)' }]
    expect(() => open({ path, migrations: broken })).toThrow(TypeError)
    using database = open({ path })
    const names = database.prepare('SELECT name FROM sqlite_schema', { name: 'text' }).all()
    expect(names.map(({ name }) => name)).toEqual(['note'])
  })

  it('that is newer than this release is refused, and not one byte changed', () => {
    const path = join(folder, `${++files}.db`)
    open({ path, migrations: [...migrations, { name: 'later', sql: 'CREATE TABLE later (a ANY) STRICT' }] }).close()
    const before = readFileSync(path)
    expect(() => open({ path })).toThrow(
      expect.objectContaining({ code: 'PRV_DATABASE_NEWER', details: { path, found: 2, known: 1 } }),
    )
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('that says it is new and is not is damaged', () => {
    const path = join(folder, `${++files}.db`)
    const database = open({ path })
    database.execute('PRAGMA user_version = 0')
    database.close()
    expect(() => open({ path })).toThrow(expect.objectContaining({ code: 'PRV_DATABASE_DAMAGED' }))
  })

  it('of another kind is refused, and not one byte changed', () => {
    const path = join(folder, `${++files}.db`)
    const other = new DatabaseSync(path)
    other.exec('CREATE TABLE gazette (a)')
    other.close()
    const before = readFileSync(path)
    expect(() => open({ path })).toThrow(expect.objectContaining({ code: 'PRV_DATABASE_FOREIGN' }))
    expect(readFileSync(path).equals(before)).toBe(true)
  })
})

describe('a transaction that need not be flushed', () => {
  it('is kept for who reads it, and leaves the level as it was', () => {
    using database = openDatabase({
      path: ':memory:',
      applicationId: 7,
      migrations: [{ name: 'a', sql: 'CREATE TABLE t (n INTEGER) STRICT;' }],
    })
    const insert = database.prepare('INSERT INTO t VALUES (?)')
    const level = () => database.prepare('PRAGMA synchronous', { synchronous: 'integer' }).get()?.synchronous
    const before = level()
    expect(database.transaction(() => insert.run(1), { flush: false })).toBe(1)
    expect(database.prepare('SELECT n FROM t', { n: 'integer' }).all()).toEqual([{ n: 1 }])
    expect(level()).toBe(before)
    expect(() =>
      database.transaction(
        () => {
          insert.run(2)
          throw new TypeError('no')
        },
        { flush: false },
      ),
    ).toThrow('no')
    expect(level()).toBe(before)
    expect(database.prepare('SELECT n FROM t', { n: 'integer' }).all()).toHaveLength(1)
  })
})
