import type { Adapter } from '@portreeve/adapter-sdk'
import { lastOf, markOf, readCursor, writeCursor } from './change-cursor.ts'
import type { AccountsClient } from './client.ts'
import type { Layout } from './config.ts'
import { toCanonical } from './to-canonical.ts'

export interface PollChangesOptions {
  readonly client: AccountsClient
  /** Label of the instance. */
  readonly system: string
  readonly layout: Layout
}

/** Rows of one question, beyond those that are known already. */
const pageRows = 200

/** No other reference can be one that we gave. */
const ours = /^[!-~]{1,200}$/

/** What the revenues system has decided since the cursor. What we only wrote ourselves has no such state, and never comes. */
export function pollChanges({ client, system, layout }: PollChangesOptions): NonNullable<Adapter['poll']> {
  const { appliedStatus } = layout.addressChange
  return async function* poll(cursor, signal) {
    let brought = readCursor(cursor)
    for (;;) {
      const limit = brought.length + pageRows
      const changes = await client.decidedFrom(brought[0]?.changedAt ?? null, limit, signal)
      const marked = changes.map((change) => ({ change, ...markOf(change) }))
      const isWhole = changes.length < limit
      const before = new Set(brought.map(({ mark }) => mark))
      const here = new Set(marked.map(({ mark }) => mark))
      // Rows that the page did not reach; in a whole page, what is missing has changed since and comes under another mark.
      const beyond = isWhole ? [] : brought.filter(({ mark }) => !here.has(mark))
      for (const [index, { change, mark }] of marked.entries()) {
        if (before.has(mark)) continue
        if (signal.aborted) return
        const known = marked.filter((other, place) => place <= index || before.has(other.mark))
        brought = lastOf([...known, ...beyond].map(({ changedAt, mark }) => ({ changedAt, mark })))
        if (!ours.test(change.externalReference)) continue
        yield {
          polled: { message: toCanonical(change, { system, appliedStatus }), settle: async () => undefined },
          cursor: writeCursor(brought),
        }
      }
      if (isWhole) return
    }
  }
}
