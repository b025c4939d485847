import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { afterAll, describe, expect, it } from 'vitest'
import { fromSqlite } from './faults.ts'

const folder = mkdtempSync(join(tmpdir(), 'portreeve-faults-'))
afterAll(() => rmSync(folder, { recursive: true }))

const raw = (errcode: number) => Object.assign(new Error('raw'), { code: 'ERR_SQLITE_ERROR', errcode, errstr: 'raw' })

const table: readonly [number, string, string][] = [
  [5, 'SQLITE_BUSY', 'PRV_DATABASE_OWNED'],
  [261, 'SQLITE_BUSY_RECOVERY', 'PRV_DATABASE_OWNED'],
  [6, 'SQLITE_LOCKED', 'PRV_DATABASE_OWNED'],
  [7, 'SQLITE_NOMEM', 'PRV_DATABASE_FAILED'],
  [8, 'SQLITE_READONLY', 'PRV_DATABASE_READ_ONLY'],
  [1032, 'SQLITE_READONLY_DBMOVED', 'PRV_DATABASE_READ_ONLY'],
  [10, 'SQLITE_IOERR', 'PRV_DATABASE_DISK_FAILED'],
  [266, 'SQLITE_IOERR_READ', 'PRV_DATABASE_DISK_FAILED'],
  [1034, 'SQLITE_IOERR_FSYNC', 'PRV_DATABASE_DISK_FAILED'],
  [522, 'SQLITE_IOERR_SHORT_READ', 'PRV_DATABASE_DAMAGED'],
  [778, 'SQLITE_IOERR_WRITE', 'PRV_DATABASE_DISK_FULL'],
  [4874, 'SQLITE_IOERR_SHMSIZE', 'PRV_DATABASE_DISK_FULL'],
  [8202, 'SQLITE_IOERR_DATA', 'PRV_DATABASE_DAMAGED'],
  [8458, 'SQLITE_IOERR_CORRUPTFS', 'PRV_DATABASE_DAMAGED'],
  [11, 'SQLITE_CORRUPT', 'PRV_DATABASE_DAMAGED'],
  [779, 'SQLITE_CORRUPT_INDEX', 'PRV_DATABASE_DAMAGED'],
  [13, 'SQLITE_FULL', 'PRV_DATABASE_DISK_FULL'],
  [14, 'SQLITE_CANTOPEN', 'PRV_DATABASE_UNREACHABLE'],
  [2067, 'SQLITE_CONSTRAINT_UNIQUE', 'PRV_DATABASE_CONSTRAINT'],
  [26, 'SQLITE_NOTADB', 'PRV_DATABASE_DAMAGED'],
]

describe('a fault of SQLite', () => {
  it.each(table)('%i (%s) becomes %s', (errcode, _name, code) => {
    const error = fromSqlite(raw(errcode), join(folder, 'log.db'))
    expect(error).toMatchObject({ code })
    expect(error instanceof PortreeveError && error.message).toContain('log.db')
  })

  it.each([
    [1, 'SQLITE_ERROR'],
    [20, 'SQLITE_MISMATCH'],
    [21, 'SQLITE_MISUSE'],
    [25, 'SQLITE_RANGE'],
  ])('%i (%s) is a programmer error', (errcode) => {
    expect(fromSqlite(raw(errcode), 'log.db')).toBeInstanceOf(TypeError)
  })

  it('does not touch what did not come from SQLite', () => {
    const mine = new RangeError('mine')
    expect(fromSqlite(mine, 'log.db')).toBe(mine)
  })
})
