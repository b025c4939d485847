import { type ErrorCode, isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { Failure } from './protocol.ts'

/** What the file's room says -> what the log's callers know. */
export const faultTable: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
  PRV_DATABASE_BUSY: 'PRV_LOG_BUSY',
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
  PRV_DATABASE_CLOSED: 'PRV_LOG_CLOSED',
}

/** What the operating system says when the folder is made or entered (errno names, POSIX) -> what callers know. */
const folderFaultTable: Readonly<Record<string, ErrorCode>> = {
  EACCES: 'PRV_LOG_READ_ONLY',
  EPERM: 'PRV_LOG_READ_ONLY',
  EROFS: 'PRV_LOG_READ_ONLY',
  ENOSPC: 'PRV_LOG_DISK_FULL',
  EDQUOT: 'PRV_LOG_DISK_FULL',
  ENOTDIR: 'PRV_LOG_FOLDER_UNREACHABLE',
  EEXIST: 'PRV_LOG_FOLDER_UNREACHABLE',
  ENOENT: 'PRV_LOG_FOLDER_UNREACHABLE',
  ENAMETOOLONG: 'PRV_LOG_FOLDER_UNREACHABLE',
  ELOOP: 'PRV_LOG_FOLDER_UNREACHABLE',
}

/** A fault of the file or its folder in the log's words; anything else comes back as it is. */
export function fromDatabase(error: unknown, folder: string): unknown {
  if (!isPortreeveError(error)) return fromFileSystem(error, folder)
  const code = faultTable[error.code]
  return code === undefined ? error : new PortreeveError(code, { folder, ...error.details }, { cause: error })
}

function fromFileSystem(error: unknown, folder: string): unknown {
  const errno = error instanceof Error && 'code' in error ? String(error.code) : ''
  const code = folderFaultTable[errno]
  return code === undefined ? error : new PortreeveError(code, { folder, fault: errno }, { cause: error })
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
