import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Database, openDatabase } from '@portreeve/database'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import { fromDatabase } from './errors.ts'
import { hasOwner, readOwner, writeOwner } from './owner.ts'
import type { WorkerOptions } from './protocol.ts'
import { APPLICATION_ID, migrations } from './schema.ts'

/** The file inside a folder. */
export const FILE = 'log.db'

/** Seven records of 1 KB to a page, where the usual 4 KB take three and waste a quarter. A file keeps what it was made with. */
export const PAGE_BYTES = 8192

/** The journal is copied into the file once it has so many pages, and keeps at most these bytes afterwards. */
const CHECKPOINT_PAGES = 2000
const JOURNAL_BYTES = 16 * 1024 * 1024

const foreignFolder: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS', 'EINVAL'])

/** Opens the file of a log, made when absent. Throws what `openSqliteLog` throws. */
export function openStore({ folder, maxPageCount }: WorkerOptions): Database {
  const inMemory = folder === ':memory:'
  try {
    if (!inMemory) makeFolder(folder)
    if (!inMemory && hasOwner(folder) && isMissing(join(folder, FILE))) {
      const fault = `${FILE} is missing or empty, but the folder has been used`
      throw new PortreeveError('PRV_LOG_FILE_DAMAGED', { folder, fault })
    }
    const database = openDatabase({
      path: inMemory ? folder : join(folder, FILE),
      applicationId: APPLICATION_ID,
      migrations,
      synchronous: 'FULL',
      exclusive: true,
      pageSizeBytes: PAGE_BYTES,
      ...(maxPageCount === null ? {} : { maxPageCount }),
    })
    database.execute(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA journal_size_limit = ${JOURNAL_BYTES}`)
    if (!inMemory) writeOwner(folder)
    return database
  } catch (error) {
    if (isPortreeveError(error, 'PRV_DATABASE_OWNED')) {
      throw new PortreeveError('PRV_LOG_FOLDER_OWNED', { folder, owner: readOwner(folder) }, { cause: error })
    }
    throw fromDatabase(error, folder)
  }
}

function isMissing(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0
}

/**
 * A power cut must not take the folder itself. As long as it has no file, its name and those of the folders above may be
 * new too, made by the caller or by a process that was killed right then: all are made known to their parents, on disk.
 */
function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true })
  // Windows opens no folder for this, and keeps its entries by itself.
  if (process.platform === 'win32' || !isMissing(join(folder, FILE))) return
  let above = resolve(folder)
  do {
    above = dirname(above)
    syncFolder(above)
  } while (above !== dirname(above))
}

function syncFolder(folder: string): void {
  try {
    const file = openSync(folder, 'r')
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    // A folder that may not be read, or not be flushed, is somebody else's and older than the log.
    if (!(error instanceof Error && 'code' in error && foreignFolder.has(error.code))) throw error
  }
}
