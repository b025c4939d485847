import type { Adapter, Polled } from '@portreeve/adapter-sdk'
import type { Open311Client } from './client.ts'
import { advance, type Cursor, overlapMs, readCursor, writeCursor } from './cursor.ts'
import { momentOf, readUpdates } from './read-updates.ts'
import { keyOf, toCanonical } from './to-canonical.ts'
import type { ServiceRequest } from './vendor-types.ts'

export interface PollUpdatesOptions {
  readonly client: Open311Client
  /** Label of the instance. */
  readonly system: string
  /** Whose changes bring no news: what we wrote ourselves never comes back. */
  readonly integrationUser: string
  readonly now: () => Date
}

/** As far as GeoReport v2 lets anybody look back. */
const longestMs = 90 * 86_400_000

/**
 * What staff have done with our requests since the cursor. Of several changes between two polls, the last one is brought. A
 * request of ours that cannot be read stops the poll in front of it: none is passed over.
 */
export function pollUpdates(options: PollUpdatesOptions): NonNullable<Adapter['poll']> {
  const { system, integrationUser, now } = options
  // What brings no news moves no cursor; within one run it is not read again.
  let readTo: { readonly cursor: string | null; readonly to: number } = { cursor: null, to: 0 }
  return async function* poll(text, signal): AsyncIterable<{ polled: Polled; cursor: string }> {
    let cursor: Cursor = readCursor(text) ?? { to: Math.max(0, now().getTime() - longestMs), brought: [] }
    const from = readTo.cursor === text ? Math.max(readTo.to, cursor.to) : cursor.to
    const updates = await readUpdates(options, Math.max(0, from - overlapMs), signal)
    const known = new Set(cursor.brought.map(([key]) => key))
    let hasNews = false
    for (const request of updates.requests) {
      const key = keyOf(request)
      if (known.has(key) || !isNews(request, integrationUser)) continue
      hasNews = true
      cursor = advance(cursor, key, momentOf(request.updated_datetime) ?? 0, now().getTime())
      const polled = { message: toCanonical(request, system), settle: async () => undefined }
      yield { polled, cursor: writeCursor(cursor) }
    }
    if (!hasNews) readTo = { cursor: text, to: Math.min(updates.readTo, now().getTime()) }
    if (updates.fault !== null) throw updates.fault
  }
}

/** Neither what we wrote ourselves nor the open request that our own filing made. */
function isNews(request: ServiceRequest, integrationUser: string): boolean {
  const { status, external_status_code, requested_datetime, updated_datetime, updated_by } = request
  if (updated_by === integrationUser) return false
  const isAsFiled = !external_status_code && momentOf(requested_datetime) === momentOf(updated_datetime)
  return status === 'closed' || !isAsFiled
}
