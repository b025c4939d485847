import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '@portreeve/database'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'

/** `PWrk` in ASCII: tells it from other SQLite files. */
const applicationId = 0x5057726b

/** The folder of a worker whose log is elsewhere: who has it open keeps every other process out. */
export interface WorkerFolder {
  /** Made once, and the same after a restart. */
  readonly workerId: string
  close(): void
}

/** Rejects with `PRV_LOG_FOLDER_OWNED` while another process has it open. */
export function openWorkerFolder(folder: string): WorkerFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    const database = openDatabase({
      path: join(folder, 'worker.db'),
      applicationId,
      migrations: [{ name: 'the id of the worker', sql: 'CREATE TABLE worker (id TEXT NOT NULL PRIMARY KEY) STRICT' }],
    })
    const [known] = database.prepare('SELECT id FROM worker', { id: 'text' }).all()
    const workerId = known?.id ?? randomUUID()
    if (!known) database.prepare('INSERT INTO worker (id) VALUES (?)').run(workerId)
    return { workerId, close: () => database.close() }
  } catch (error) {
    if (!isPortreeveError(error, 'PRV_DATABASE_OWNED')) throw error
    throw new PortreeveError('PRV_LOG_FOLDER_OWNED', { folder, owner: 'another process' }, { cause: error })
  }
}
