import type { DatabaseSync } from 'node:sqlite'
import { PortreeveError } from '@portreeve/errors'
import { inTransaction } from './transaction.ts'

/** One step forward of a file's format. Its place in the list, from 1, is the version that it leads to. */
export interface Migration {
  /** What changes, for people: `adds the correlation index`. */
  readonly name: string
  /** One or more statements; applied whole or not at all. Never edited once released: add another instead. */
  readonly sql: string
}

/**
 * Looks at the file before anything is changed. Returns its version, 0 for a new one.
 *
 * Throws `PRV_DATABASE_FOREIGN`, `PRV_DATABASE_NEWER`, `PRV_DATABASE_DAMAGED`.
 */
export function identify(raw: DatabaseSync, path: string, applicationId: number, known: number): number {
  const found = pragma(raw, 'user_version')
  const owner = pragma(raw, 'application_id')
  const isNew = found === 0 && owner === 0 && isEmpty(raw)
  if (!isNew && owner !== applicationId) {
    throw new PortreeveError('PRV_DATABASE_FOREIGN', { path, found: owner, expected: applicationId })
  }
  if (found < (isNew ? 0 : 1)) {
    throw new PortreeveError('PRV_DATABASE_DAMAGED', { path, fault: `format ${found}, but it is not new` })
  }
  if (found > known) throw new PortreeveError('PRV_DATABASE_NEWER', { path, found, known })
  return found
}

/**
 * Brings the file from `version` to the last one. Each step commits by itself together with its version number
 * (`PRAGMA user_version`), so a crash between steps goes on where it stopped.
 */
export function migrate(raw: DatabaseSync, version: number, applicationId: number, steps: readonly Migration[]): void {
  for (const [index, { sql }] of steps.entries()) {
    if (index < version) continue
    inTransaction(raw, () => {
      raw.exec(sql)
      raw.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${index + 1}`)
    })
  }
}

function isEmpty(raw: DatabaseSync): boolean {
  return raw.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
}

function pragma(raw: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(raw.prepare(`PRAGMA ${name}`).get()?.[name])
}
