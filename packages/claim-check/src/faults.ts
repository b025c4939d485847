import { type ErrorCode, isPortreeveError, PortreeveError } from '@portreeve/errors'

/** Errors of the file system -> ours. Source: POSIX.1-2024, `errno.h`. */
export const faultTable: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'PRV_CLAIM_CHECK_DISK_FULL',
  EDQUOT: 'PRV_CLAIM_CHECK_DISK_FULL',
  EFBIG: 'PRV_CLAIM_CHECK_DISK_FULL',
  EIO: 'PRV_CLAIM_CHECK_DISK_FAILED',
  EROFS: 'PRV_CLAIM_CHECK_READ_ONLY',
  EACCES: 'PRV_CLAIM_CHECK_READ_ONLY',
  EPERM: 'PRV_CLAIM_CHECK_READ_ONLY',
}

/** Runs what touches the disk; whatever the file system throws comes as `PRV_CLAIM_CHECK_*`. */
export async function onDisk<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw fromFileSystem(error, folder)
  }
}

export function fromFileSystem(error: unknown, folder: string): PortreeveError {
  if (isPortreeveError(error)) return error
  const code = errno(error)
  const fault = code ?? (error instanceof Error ? error.message : String(error))
  return new PortreeveError(faultTable[code ?? ''] ?? 'PRV_CLAIM_CHECK_FAILED', { folder, fault }, { cause: error })
}

/** True when a path is not there. */
export function isAbsent(error: unknown): boolean {
  return errno(error) === 'ENOENT'
}

/** True when a folder may not be read or flushed: it is somebody else's, and older than the store in it. */
export function isForeignFolder(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'EINVAL'].includes(errno(error) ?? '')
}

function errno(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
