import { type ErrorCode, PortreeveError } from '@portreeve/errors'
import { shownPath } from './file-name.ts'

const codes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'PRV_ENDPOINTS_DISK_FULL',
  EDQUOT: 'PRV_ENDPOINTS_DISK_FULL',
  EFBIG: 'PRV_ENDPOINTS_DISK_FULL',
  EROFS: 'PRV_ENDPOINTS_FILE_NOT_WRITABLE',
  EACCES: 'PRV_ENDPOINTS_FILE_NOT_ALLOWED',
  EPERM: 'PRV_ENDPOINTS_FILE_NOT_ALLOWED',
}

/** The system's fault in our words. `operation` completes the sentence "could not … <path>". */
export function fromFileFault(fault: unknown, path: string, operation: string): PortreeveError {
  if (fault instanceof PortreeveError) return fault
  const code = (fault as NodeJS.ErrnoException | null)?.code ?? 'unknown'
  return new PortreeveError(
    codes[code] ?? 'PRV_ENDPOINTS_FILE_FAILED',
    { path: shownPath(path), operation, fault: code },
    { cause: fault },
  )
}
