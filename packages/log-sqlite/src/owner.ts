import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const NAME = 'owner'

/** Leaves the owner's process id beside the file, only to name it: the lock is SQLite's and dies with the process. */
export function writeOwner(folder: string): void {
  try {
    writeFileSync(join(folder, NAME), `process ${process.pid}\n`)
  } catch {
    // A full disk must not keep a log from being read; the message is then poorer by a number.
  }
}

/** True once a log has been opened in the folder. */
export function hasOwner(folder: string): boolean {
  return existsSync(join(folder, NAME))
}

/** Who has the folder, for a message: `process 4711`. */
export function readOwner(folder: string): string {
  try {
    return readFileSync(join(folder, NAME), 'utf8').trim() || 'process unknown'
  } catch {
    return 'process unknown'
  }
}
