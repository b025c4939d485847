import { shownPath } from '@portreeve/endpoints'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'

/** Why a folder of the electoral system cannot be used, from what its file system says: `ENOENT`, `EACCES`. */
export function fromFolderFault(fault: unknown, folder: string): PortreeveError {
  const { code = 'unknown' } = fault as NodeJS.ErrnoException
  return new PortreeveError('PRV_ELECTORAL_FOLDER', { folder: shownPath(folder), fault: code }, { cause: fault })
}

/**
 * Whose fault it is that a return file was not read. `file`: its own, the others are read. `later`: nobody's, somebody still
 * writes to it. `all`: no file would fare better.
 */
export function concernOf(fault: unknown): 'file' | 'later' | 'all' {
  if (!isPortreeveError(fault) || !fault.code.startsWith('PRV_ENDPOINTS_FILE_')) return 'all'
  return fault.code === 'PRV_ENDPOINTS_FILE_CHANGED' ? 'later' : 'file'
}

/** What lies among the return files and will never be read, such as a link; the first is named. */
export function strangersFault([name, ...others]: readonly string[], folder: string): PortreeveError | null {
  if (name === undefined) return null
  return new PortreeveError('PRV_ENDPOINTS_FILE_STRANGE', { folder: shownPath(folder), count: others.length + 1, name })
}
