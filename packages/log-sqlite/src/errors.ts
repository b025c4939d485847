import { type ErrorCode, isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { Failure } from './protocol.ts'

/** What the file's room says -> what the log's callers know. */
export const faultTable: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
  PRV_DATABASE_NEWER: 'PRV_LOG_FOLDER_NEWER',
  PRV_DATABASE_FOREIGN: 'PRV_LOG_FOLDER_FOREIGN',
  PRV_DATABASE_DISK_FULL: 'PRV_LOG_DISK_FULL',
  PRV_DATABASE_DAMAGED: 'PRV_LOG_FILE_DAMAGED',
  PRV_DATABASE_READ_ONLY: 'PRV_LOG_READ_ONLY',
  PRV_DATABASE_OWNED: 'PRV_LOG_FOLDER_OWNED',
  PRV_DATABASE_UNREACHABLE: 'PRV_LOG_FOLDER_UNREACHABLE',
  PRV_DATABASE_DISK_FAILED: 'PRV_LOG_FAILED',
  PRV_DATABASE_CONSTRAINT: 'PRV_LOG_FILE_DAMAGED',
  PRV_DATABASE_FAILED: 'PRV_LOG_FAILED',
}

/** A fault of the file in the log's words; anything else comes back as it is. */
export function fromDatabase(error: unknown, folder: string): unknown {
  if (!isPortreeveError(error)) return error
  const code = faultTable[error.code]
  return code === undefined ? error : new PortreeveError(code, { folder, ...error.details }, { cause: error })
}

/** For the way through the thread boundary. */
export function toFailure(error: unknown): Failure {
  if (isPortreeveError(error)) return { known: error.toJSON() }
  return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

export function fromFailure(failure: Failure, folder: string): PortreeveError {
  if ('known' in failure) return PortreeveError.fromJson(failure.known)
  return new PortreeveError('PRV_LOG_FAILED', { folder, fault: failure.fault })
}
