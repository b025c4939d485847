import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import { type ErrorCode, isPortreeveError, PortreeveError } from '@portreeve/errors'

/**
 * SQLite's result codes -> ours. The extended code is looked up first, then its primary code (the low byte).
 * Source: https://www.sqlite.org/rescode.html
 */
export const faultTable: Readonly<Record<number, readonly [name: string, code: ErrorCode]>> = {
  5: ['SQLITE_BUSY', 'PRV_DATABASE_OWNED'],
  6: ['SQLITE_LOCKED', 'PRV_DATABASE_OWNED'],
  7: ['SQLITE_NOMEM', 'PRV_DATABASE_FAILED'],
  8: ['SQLITE_READONLY', 'PRV_DATABASE_READ_ONLY'],
  10: ['SQLITE_IOERR', 'PRV_DATABASE_DISK_FAILED'],
  11: ['SQLITE_CORRUPT', 'PRV_DATABASE_DAMAGED'],
  13: ['SQLITE_FULL', 'PRV_DATABASE_DISK_FULL'],
  14: ['SQLITE_CANTOPEN', 'PRV_DATABASE_UNREACHABLE'],
  19: ['SQLITE_CONSTRAINT', 'PRV_DATABASE_CONSTRAINT'],
  26: ['SQLITE_NOTADB', 'PRV_DATABASE_DAMAGED'],
  // ENOSPC alone is SQLITE_FULL: a quota (EDQUOT) and a file-size limit (EFBIG) come as failed writes.
  778: ['SQLITE_IOERR_WRITE', 'PRV_DATABASE_DISK_FULL'],
  4874: ['SQLITE_IOERR_SHMSIZE', 'PRV_DATABASE_DISK_FULL'],
  522: ['SQLITE_IOERR_SHORT_READ', 'PRV_DATABASE_DAMAGED'],
  8202: ['SQLITE_IOERR_DATA', 'PRV_DATABASE_DAMAGED'],
  8458: ['SQLITE_IOERR_CORRUPTFS', 'PRV_DATABASE_DAMAGED'],
}

/**
 * What SQLite threw, in our words. SQL that is wrong, a wrong number of values and the like are a programmer's error and
 * come back as a `TypeError`; what did not come from SQLite comes back as it is.
 */
export function fromSqlite(error: unknown, path: string): unknown {
  if (isPortreeveError(error) || !(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'ERR_INVALID_STATE') return new PortreeveError('PRV_DATABASE_CLOSED', { path }, { cause: error })
  if (error.code !== 'ERR_SQLITE_ERROR' || !('errcode' in error) || typeof error.errcode !== 'number') return error
  const entry = faultTable[error.errcode] ?? faultTable[error.errcode & 0xff]
  if (entry === undefined) return new TypeError(`${error.message} (${path})`, { cause: error })
  const [name, code] = entry
  const details = { path, fault: `${name} ${error.errcode}: ${error.message}` }
  const readOnly = readOnlyDisguises.has(error.errcode & 0xff) || readOnlyDisguises.has(error.errcode)
  const ours = readOnly && !isWritable(path) ? 'PRV_DATABASE_READ_ONLY' : code
  return new PortreeveError(ours, details, { cause: error })
}

/** SQLITE_CANTOPEN: of the journal, beside it. SQLITE_IOERR_LOCK: a file opened for reading cannot be locked for writing. */
const readOnlyDisguises: ReadonlySet<number> = new Set([14, 3850])

/** False for a file or folder that is there and may not be written; a missing one is another fault. */
function isWritable(path: string): boolean {
  return [path, dirname(path)].every((each) => {
    try {
      accessSync(each, constants.F_OK)
    } catch {
      return true
    }
    try {
      accessSync(each, constants.W_OK)
      return true
    } catch {
      return false
    }
  })
}
