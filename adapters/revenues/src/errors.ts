import { shownPath } from '@portreeve/endpoints'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'

/** Why nothing can be taken from a folder, from what its file system says: `ENOTDIR`, `EACCES`. */
export function fromFolderFault(fault: unknown, folder: string): PortreeveError {
  const { code = 'unknown' } = fault as NodeJS.ErrnoException
  return new PortreeveError('PRV_REVENUES_INBOX', { folder: shownPath(folder), fault: code }, { cause: fault })
}

/**
 * Whose fault it is that a file was not taken. `file`: its own, the others are taken. `later`: nobody's, somebody still writes
 * to it. `all`: no file would fare better.
 */
export function concernOf(fault: unknown): 'file' | 'later' | 'all' {
  if (!isPortreeveError(fault) || !fault.code.startsWith('PRV_ENDPOINTS_FILE_')) return 'all'
  return fault.code === 'PRV_ENDPOINTS_FILE_CHANGED' ? 'later' : 'file'
}

/** What lies in the inbox and will never be taken, such as a link; the first is named. */
export function strangersFault([name, ...others]: readonly string[], folder: string): PortreeveError | null {
  if (name === undefined) return null
  return new PortreeveError('PRV_ENDPOINTS_FILE_STRANGE', { folder: shownPath(folder), count: others.length + 1, name })
}
