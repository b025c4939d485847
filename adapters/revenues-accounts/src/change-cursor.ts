import { createHash } from 'node:crypto'
import type { Change } from './vendor-types.ts'

/** One change that was brought, or passed over for good. */
export interface Brought {
  readonly changedAt: string
  /** Stands for the row as it was. */
  readonly mark: string
}

/**
 * How many are remembered at least. A row that turns up with an earlier time than some that were brought (its transaction took
 * long) is still found, unless it is older than all that are remembered.
 */
const remembered = 100
const prefix = 'revenues-accounts:'

/**
 * The cursor holds the last rows that were brought, in their order, and the poll goes on at the time of the first of them: so no
 * row is passed over that has the same time as another one, or a slightly earlier one, and none comes twice.
 */
export function writeCursor(brought: readonly Brought[]): string {
  return prefix + JSON.stringify(brought.map(({ changedAt, mark }) => [changedAt, mark]))
}

/** A cursor of another adapter, whose place this one has taken, says nothing here: what was brought is recognised. */
export function readCursor(cursor: string | null): readonly Brought[] {
  if (!cursor?.startsWith(prefix)) return []
  const entries: readonly (readonly [string, string])[] = JSON.parse(cursor.slice(prefix.length))
  return entries.map(([changedAt, mark]) => ({ changedAt, mark }))
}

export function markOf(change: Change): Brought {
  const { externalReference, status, statusWords, changedAt } = change
  const text = [externalReference, status, statusWords, changedAt].join('\0')
  return { changedAt, mark: createHash('sha256').update(text).digest('base64url').slice(0, 12) }
}

/** The youngest, and every other one of the same time as the oldest of these. */
export function lastOf(brought: readonly Brought[]): readonly Brought[] {
  const oldest = brought.at(-remembered)
  if (oldest === undefined) return brought
  return brought.slice(brought.findIndex(({ changedAt }) => changedAt === oldest.changedAt))
}
