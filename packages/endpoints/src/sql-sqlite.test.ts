import { existsSync, writeFileSync } from 'node:fs'
import { isPortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import { openSql } from './sql.ts'
import { fromSqliteFault } from './sql-sqlite-faults.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const raw = (errcode: number) =>
  Object.assign(new Error('UNIQUE constraint failed: note.id'), { code: 'ERR_SQLITE_ERROR', errcode })

describe('a fault of SQLite has one code of ours', () => {
  it.each([
    [1, 'PRV_ENDPOINTS_SQL_STATEMENT'],
    [5, 'PRV_ENDPOINTS_SQL_LOCKED'],
    [517, 'PRV_ENDPOINTS_SQL_LOCKED'],
    [6, 'PRV_ENDPOINTS_SQL_LOCKED'],
    [8, 'PRV_ENDPOINTS_SQL_READ_ONLY'],
    [10, 'PRV_ENDPOINTS_SQL_FAILED'],
    [11, 'PRV_ENDPOINTS_SQL_FAILED'],
    [13, 'PRV_ENDPOINTS_DISK_FULL'],
    [778, 'PRV_ENDPOINTS_DISK_FULL'],
    [14, 'PRV_ENDPOINTS_SQL_UNREACHABLE'],
    [23, 'PRV_ENDPOINTS_SQL_NOT_ALLOWED'],
    [26, 'PRV_ENDPOINTS_SQL_FAILED'],
    [2067, 'PRV_ENDPOINTS_SQL_CONSTRAINT'],
    [3091, 'PRV_ENDPOINTS_SQL_VALUE'],
  ])('%i is %s', (errcode, code) => {
    const error = fromSqliteFault(raw(errcode), 'sqlite:/a.db', false)
    expect(isPortreeveError(error) && error.code).toBe(code)
    expect(isPortreeveError(error) && error.message).toContain('/a.db')
    expect(isPortreeveError(error) && error.message).not.toMatch(/\{\w+\}/)
  })

  it.each([
    [10, 'PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN'],
    [1034, 'PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN'],
    [778, 'PRV_ENDPOINTS_DISK_FULL'],
    [13, 'PRV_ENDPOINTS_DISK_FULL'],
    [5, 'PRV_ENDPOINTS_SQL_LOCKED'],
  ])('%i at COMMIT is %s', (errcode, code) => {
    expect(fromSqliteFault(raw(errcode), 'sqlite:/a.db', true)).toMatchObject({ code })
  })

  it('unless SQLite did not say it', () => {
    const mine = new RangeError('mine')
    expect(fromSqliteFault(mine, 'sqlite:/a.db', false)).toBe(mine)
  })
})

describe('a file', () => {
  it('that is not there is unreachable, is not made, and is found once it is there', async () => {
    await using folder = await temporaryFolder()
    const path = `${folder.path}/gone.db`
    const sql = openSql({ databaseUrl: `sqlite:${path}`, timeoutMs: 1000 })
    await expect(sql.query('SELECT 1')).rejects.toMatchObject({ code: 'PRV_ENDPOINTS_SQL_UNREACHABLE' })
    expect(existsSync(path)).toBe(false)
    writeFileSync(path, '')
    expect(await sql.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('that holds something else is the operator’s matter', async () => {
    await using folder = await temporaryFolder()
    const path = `${folder.path}/letter.db`
    writeFileSync(path, 'Dear Sir or Madam, '.repeat(100))
    const sql = openSql({ databaseUrl: `sqlite:${path}`, timeoutMs: 1000 })
    await expect(sql.query('SELECT * FROM account')).rejects.toMatchObject({ code: 'PRV_ENDPOINTS_SQL_FAILED' })
  })
})
