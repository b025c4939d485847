import { type ErrorCode, type ErrorDetails, PortreeveError } from '@portreeve/errors'
import type { Violation } from './sql-violation.ts'

/** What SQLite throws, by its extended result code. Source: https://www.sqlite.org/rescode.html */
interface SqliteError extends Error {
  readonly errcode: number
}

/** Looked up by the extended code first, then by the primary one, its low byte. */
const codes: Readonly<Record<number, ErrorCode>> = {
  1: 'PRV_ENDPOINTS_SQL_STATEMENT',
  3: 'PRV_ENDPOINTS_SQL_NOT_ALLOWED',
  5: 'PRV_ENDPOINTS_SQL_LOCKED',
  6: 'PRV_ENDPOINTS_SQL_LOCKED',
  8: 'PRV_ENDPOINTS_SQL_READ_ONLY',
  13: 'PRV_ENDPOINTS_DISK_FULL',
  14: 'PRV_ENDPOINTS_SQL_UNREACHABLE',
  18: 'PRV_ENDPOINTS_SQL_VALUE',
  19: 'PRV_ENDPOINTS_SQL_CONSTRAINT',
  20: 'PRV_ENDPOINTS_SQL_VALUE',
  23: 'PRV_ENDPOINTS_SQL_NOT_ALLOWED',
  // A quota (EDQUOT) and a file-size limit (EFBIG) come as failed writes.
  778: 'PRV_ENDPOINTS_DISK_FULL',
  3091: 'PRV_ENDPOINTS_SQL_VALUE',
}

const kinds: Readonly<Record<number, Violation>> = {
  275: 'check',
  787: 'foreign-key',
  1299: 'not-null',
  1555: 'unique',
  2067: 'unique',
}

/** The words of these name tables and columns, never a value. */
const speaking: ReadonlySet<ErrorCode> = new Set(['PRV_ENDPOINTS_SQL_STATEMENT'])

/** What SQLite threw, in our words; anything else comes back as it is. `committing`: while COMMIT was under way. */
export function fromSqliteFault(error: unknown, database: string, committing: boolean): unknown {
  if (!isSqliteError(error)) return error
  const { errcode, message } = error
  const code = codes[errcode] ?? codes[errcode & 0xff] ?? 'PRV_ENDPOINTS_SQL_FAILED'
  const fault = speaking.has(code) ? message : `SQLite ${errcode}`
  // A write that failed at the very end: whether the journal still stands decides, and nobody has seen that.
  const isOpen = committing && (errcode & 0xff) === 10 && code !== 'PRV_ENDPOINTS_DISK_FULL'
  return new PortreeveError(
    isOpen ? 'PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN' : code,
    detailsOf(code, database, fault, error),
    {
      cause: error,
    },
  )
}

export function isLocked(error: unknown): boolean {
  return isSqliteError(error) && [5, 6].includes(error.errcode & 0xff)
}

/** A statement that would write where only reading is meant. */
export function isWriting(error: unknown): boolean {
  return isSqliteError(error) && error.errcode === 8
}

function detailsOf(code: ErrorCode, database: string, fault: string, { errcode, message }: SqliteError): ErrorDetails {
  if (code === 'PRV_ENDPOINTS_DISK_FULL') return { operation: 'write to', path: database, fault }
  if (code !== 'PRV_ENDPOINTS_SQL_CONSTRAINT') return { database, fault }
  return { database, kind: kinds[errcode] ?? 'other', constraint: message.replace(/^.*constraint failed:? ?/, '') }
}

function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
}
