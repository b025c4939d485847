import { type ErrorCode, type ErrorDetails, PortreeveError } from '@portreeve/errors'
import { DatabaseError } from 'pg'
import { GivenUp } from './sql-time-limit.ts'
import type { Violation } from './sql-violation.ts'

/**
 * SQLSTATE -> ours: the five characters are looked up first, then the class, its first two.
 * Source: PostgreSQL 18, appendix A.
 */
const codes: Readonly<Record<string, ErrorCode>> = {
  '08': 'PRV_ENDPOINTS_SQL_UNREACHABLE',
  '22': 'PRV_ENDPOINTS_SQL_VALUE',
  '23': 'PRV_ENDPOINTS_SQL_CONSTRAINT',
  '25006': 'PRV_ENDPOINTS_SQL_READ_ONLY',
  '28': 'PRV_ENDPOINTS_SQL_LOGIN',
  '3D': 'PRV_ENDPOINTS_SQL_STATEMENT',
  '3F': 'PRV_ENDPOINTS_SQL_STATEMENT',
  '40001': 'PRV_ENDPOINTS_SQL_LOCKED',
  '40002': 'PRV_ENDPOINTS_SQL_CONSTRAINT',
  '40P01': 'PRV_ENDPOINTS_SQL_LOCKED',
  '42': 'PRV_ENDPOINTS_SQL_STATEMENT',
  '42501': 'PRV_ENDPOINTS_SQL_NOT_ALLOWED',
  '53': 'PRV_ENDPOINTS_SQL_BUSY',
  '53100': 'PRV_ENDPOINTS_DISK_FULL',
  '55P03': 'PRV_ENDPOINTS_SQL_LOCKED',
  '57': 'PRV_ENDPOINTS_SQL_UNREACHABLE',
  '57014': 'PRV_ENDPOINTS_SQL_SLOW',
}

const kinds: Readonly<Record<string, Violation>> = {
  '23502': 'not-null',
  '23503': 'foreign-key',
  '23505': 'unique',
  '23514': 'check',
}

/** At COMMIT the server may have kept everything before it says these: it is going down, or has lost somebody. */
const leavesOpen = /^(08|40003|57P0)/

/** The words of these name the database, tables and columns, never a value. */
const speaking: ReadonlySet<ErrorCode> = new Set(['PRV_ENDPOINTS_SQL_STATEMENT', 'PRV_ENDPOINTS_SQL_NOT_ALLOWED'])

export interface PostgresMoment {
  /** As it is shown. */
  readonly database: string
  readonly timeoutMs: number
  /** COMMIT was under way. */
  readonly committing: boolean
}

/** What the server, the way to it or the end of our patience said. A programmer's error comes back as it is. */
export function inOurWords(error: unknown, moment: PostgresMoment): unknown {
  const { database, committing } = moment
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof PortreeveError) return error
  if (error instanceof GivenUp) return givenUp(error, moment)
  if (error instanceof DatabaseError) return fromServer(error, moment)
  const fault = faultOf(error)
  if (committing) return new PortreeveError('PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN', { database, fault }, { cause: error })
  // The client itself finds out that it has no password, or that the server does not know it.
  const code = error.message.startsWith('SASL') ? 'PRV_ENDPOINTS_SQL_LOGIN' : 'PRV_ENDPOINTS_SQL_UNREACHABLE'
  return new PortreeveError(code, { database, fault }, { cause: error })
}

export function givenUp({ why }: GivenUp, { database, timeoutMs, committing }: PostgresMoment): PortreeveError {
  if (committing) {
    const fault = why === 'stopped' ? 'stopped while waiting' : `no answer within ${timeoutMs} ms`
    return new PortreeveError('PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN', { database, fault })
  }
  if (why === 'stopped') return new PortreeveError('PRV_ENDPOINTS_STOPPED', { operation: `work at ${database}` })
  return new PortreeveError('PRV_ENDPOINTS_SQL_SLOW', { database, timeoutMs })
}

function fromServer(error: DatabaseError, { database, timeoutMs, committing }: PostgresMoment): PortreeveError {
  const state = error.code ?? 'XX000'
  if (committing && leavesOpen.test(state)) {
    return new PortreeveError('PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN', { database, fault: state }, { cause: error })
  }
  const code = codes[state] ?? codes[state.slice(0, 2)] ?? 'PRV_ENDPOINTS_SQL_FAILED'
  return new PortreeveError(code, detailsOf(code, database, timeoutMs, state, error), { cause: error })
}

function detailsOf(
  code: ErrorCode,
  database: string,
  timeoutMs: number,
  state: string,
  { message, constraint, column }: DatabaseError,
): ErrorDetails {
  switch (code) {
    case 'PRV_ENDPOINTS_DISK_FULL':
      return { operation: 'write to', path: database, fault: state }
    case 'PRV_ENDPOINTS_SQL_SLOW':
      return { database, timeoutMs }
    case 'PRV_ENDPOINTS_SQL_CONSTRAINT':
      return { database, kind: kinds[state] ?? 'other', constraint: constraint ?? column ?? state }
    default:
      return { database, fault: speaking.has(code) ? `${state}: ${message}` : state }
  }
}

/** `ECONNREFUSED` and the like; else the client's own words, which hold no value. */
function faultOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
