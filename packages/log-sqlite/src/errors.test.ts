import { catalogue, isPortreeveError, PortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import { faultTable, fromDatabase, fromFailure, toFailure } from './errors.ts'

const table = [
  ['PRV_DATABASE_BUSY', 'PRV_LOG_BUSY'],
  ['PRV_DATABASE_NEWER', 'PRV_LOG_FOLDER_NEWER'],
  ['PRV_DATABASE_FOREIGN', 'PRV_LOG_FOLDER_FOREIGN'],
  ['PRV_DATABASE_DISK_FULL', 'PRV_LOG_DISK_FULL'],
  ['PRV_DATABASE_DISK_FAILED', 'PRV_LOG_FAILED'],
  ['PRV_DATABASE_DAMAGED', 'PRV_LOG_FILE_DAMAGED'],
  ['PRV_DATABASE_CONSTRAINT', 'PRV_LOG_FILE_DAMAGED'],
  ['PRV_DATABASE_READ_ONLY', 'PRV_LOG_READ_ONLY'],
  ['PRV_DATABASE_OWNED', 'PRV_LOG_FOLDER_OWNED'],
  ['PRV_DATABASE_UNREACHABLE', 'PRV_LOG_FOLDER_UNREACHABLE'],
  ['PRV_DATABASE_FAILED', 'PRV_LOG_FAILED'],
  ['PRV_DATABASE_CLOSED', 'PRV_LOG_CLOSED'],
] as const

describe('a fault of the file', () => {
  it.each(table)('%s becomes %s, with the folder and what the file said', (from, to) => {
    const error = fromDatabase(new PortreeveError(from, { path: 'x/log.db', fault: 'raw' }), 'x')
    expect(error).toMatchObject({ code: to, details: { folder: 'x', fault: 'raw' } })
  })

  it('has a row in the table for everything that the file can say', () => {
    const said = Object.keys(catalogue).filter((code) => code.startsWith('PRV_DATABASE_'))
    expect(Object.keys(faultTable).sort()).toEqual(said.sort())
    expect(table.map(([from]) => from).toSorted()).toEqual(said.sort())
  })

  it.each([
    ['EACCES', 'PRV_LOG_READ_ONLY'],
    ['EROFS', 'PRV_LOG_READ_ONLY'],
    ['ENOSPC', 'PRV_LOG_DISK_FULL'],
    ['ENOTDIR', 'PRV_LOG_FOLDER_UNREACHABLE'],
  ])('of the folder, %s, becomes %s', (errno, code) => {
    const error = fromDatabase(Object.assign(new Error('raw'), { code: errno }), 'x')
    expect(error).toMatchObject({ code, details: { folder: 'x', fault: errno } })
  })

  it('goes through the thread boundary with code, text and details', () => {
    const error = new PortreeveError('PRV_LOG_RECORD_CORRUPT', { topic: 't', partition: 0, offset: 7, next: 8 })
    const back = fromFailure(structuredClone(toFailure(error)), 'x')
    expect(isPortreeveError(back, 'PRV_LOG_RECORD_CORRUPT')).toBe(true)
    expect([back.message, back.remedy]).toEqual([error.message, error.remedy])
  })

  it('that nobody expected is told with what went wrong', () => {
    const back = fromFailure(structuredClone(toFailure(new TypeError('a slip'))), 'x')
    expect(back.code).toBe('PRV_LOG_FAILED')
    expect(back.message).toContain('a slip')
  })
})
