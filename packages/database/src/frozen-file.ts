import type { DatabaseSync } from 'node:sqlite'
import { PortreeveError } from '@portreeve/errors'

/** Holds a database's file as it is while its journal goes on growing (https://www.sqlite.org/wal.html#ckpt). */
export function frozenFile(raw: DatabaseSync, path: string): { freeze(): void; thaw(): void } {
  /** Pages after which the journal is copied into the file; kept while it is not. */
  let copiedAfterPages: number | undefined
  const setting = () => Number(raw.prepare('PRAGMA wal_autocheckpoint').get()?.wal_autocheckpoint)
  return {
    freeze() {
      if (copiedAfterPages !== undefined) return
      // All of the journal goes into the file, or it would lack what was committed last.
      if (!intoFile(raw)) throw new PortreeveError('PRV_DATABASE_BUSY', { path })
      copiedAfterPages = setting()
      raw.exec('PRAGMA wal_autocheckpoint = 0')
    },
    thaw() {
      if (copiedAfterPages === undefined) return
      raw.exec(`PRAGMA wal_autocheckpoint = ${copiedAfterPages}`)
      copiedAfterPages = undefined
    },
  }
}

const sqliteLocked = 6

/** False when rows are being read, which would see the file change under them. */
function intoFile(raw: DatabaseSync): boolean {
  try {
    return raw.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0
  } catch (error) {
    if (Object(error).errcode === sqliteLocked) return false
    throw error
  }
}
