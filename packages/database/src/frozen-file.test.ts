import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type DatabaseOptions, openDatabase } from './database.ts'

const folder = mkdtempSync(join(tmpdir(), 'portreeve-frozen-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
const fresh = () => join(folder, `${++files}.db`)
const options = (path: string): DatabaseOptions => ({
  path,
  applicationId: 0x7e57,
  migrations: [{ name: 'notes', sql: 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT' }],
})
/** By another process: this one would give its lock away. */
const copy = (from: string, to: string) => execFileSync('cp', [from, to])
const digest = (path: string) => execFileSync('cksum', [path]).toString().split(' ')[0]

describe.skipIf(process.platform === 'win32')('a frozen file [needs cp and cksum]', () => {
  it('stays as it is whatever is written, and a copy holds what was there when it was frozen', () => {
    const path = fresh()
    using database = openDatabase(options(path))
    const add = database.prepare('INSERT INTO note (text) VALUES (?)')
    for (let number = 0; number < 50; number += 1) add.run('before')
    database.freeze()
    const at = digest(path)
    // More than the journal holds otherwise.
    database.transaction(() => {
      for (let number = 0; number < 3000; number += 1) add.run('after'.repeat(500))
    })
    add.run('after')
    expect(digest(path)).toBe(at)
    const copied = fresh()
    copy(path, copied)
    using opened = openDatabase(options(copied))
    const texts = opened.prepare('SELECT DISTINCT text, count(*) AS notes FROM note GROUP BY text', {
      text: 'text',
      notes: 'integer',
    })
    expect(texts.all().map((row) => ({ ...row }))).toEqual([{ text: 'before', notes: 50 }])
  })

  it('follows its journal again once it is thawed, and loses nothing', () => {
    const path = fresh()
    const database = openDatabase(options(path))
    const add = database.prepare('INSERT INTO note (text) VALUES (?)')
    database.freeze()
    database.freeze()
    const at = digest(path)
    for (let number = 0; number < 100; number += 1) add.run('x'.repeat(4000))
    database.thaw()
    database.thaw()
    for (let number = 0; number < 2000; number += 1) add.run('x'.repeat(4000))
    expect(digest(path)).not.toBe(at)
    database.close()
    using again = openDatabase(options(path))
    expect(again.prepare('SELECT count(*) AS notes FROM note', { notes: 'integer' }).get()?.notes).toBe(2100)
  })

  it('is not to be had while rows of a query are being read, and the database goes on', () => {
    using database = openDatabase(options(fresh()))
    const add = database.prepare('INSERT INTO note (text) VALUES (?)')
    add.run('one')
    add.run('two')
    const rows = database.prepare('SELECT text FROM note', { text: 'text' }).iterate()
    rows.next()
    expect(() => database.freeze()).toThrow(expect.objectContaining({ code: 'PRV_DATABASE_BUSY' }))
    rows.return?.()
    database.freeze()
    database.thaw()
    add.run('three')
  })

  it('keeps other processes out all the while', () => {
    const path = fresh()
    using database = openDatabase(options(path))
    database.freeze()
    copy(path, fresh())
    const script = `const { DatabaseSync } = await import('node:sqlite')
      try { new DatabaseSync(${JSON.stringify(path)}).exec('INSERT INTO note (text) VALUES (1)'); console.log('in') }
      catch (error) { console.log(error.message) }`
    const told = execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script]).toString()
    expect(told.trim()).toBe('database is locked')
  })
})
