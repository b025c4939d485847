import { type Adapter, type Polled, unreadable } from '@portreeve/adapter-sdk'
import type { CasesClient } from './client.ts'
import { toCanonical } from './to-canonical.ts'
import { type CaseChange, caseChange, changeHead, isReference } from './vendor-types.ts'

export interface PollChangesOptions {
  readonly client: CasesClient
  /** Label of the instance. */
  readonly system: string
  /** Whose changes bring no news: what we wrote ourselves never comes back. */
  readonly integrationUser: string
}

/** Pages of one poll; the next one goes on behind them. */
const mostPages = 100

/**
 * What staff have done with our cases since the cursor, which is the sequence of the last change that was brought. A change
 * about a case of ours that cannot be read stops the poll in front of it: none is passed over.
 */
export function pollChanges({ client, system, integrationUser }: PollChangesOptions): NonNullable<Adapter['poll']> {
  // Changes that bring no news move no cursor; within one run they are not read again.
  let readTo = { from: 0, to: 0 }
  return async function* poll(cursor, signal): AsyncIterable<{ polled: Polled; cursor: string }> {
    const from = sequenceOf(cursor)
    let place = readTo.from === from ? readTo.to : from
    let hasNews = false
    for (let page = 0; page < mostPages && !signal.aborted; page++) {
      const { changes, latest } = await client.changesAfter(place, signal)
      if (latest < place) throw unreadable(system, `its last change is ${latest}, but ${place} has been read`)
      for (const item of changes) {
        const { sequence, change } = read(item, place, system)
        place = sequence
        if (change === null || change.status === 'New' || change.changedBy === integrationUser) continue
        hasNews = true
        yield {
          polled: { message: toCanonical(change, system), settle: async () => undefined },
          cursor: cursorAt(place),
        }
      }
      if (!hasNews) readTo = { from, to: place }
      if (changes.length === 0 || place >= latest) return
    }
  }
}

/** `null`: a change of a case that is none of ours. */
function read(item: unknown, place: number, system: string): { sequence: number; change: CaseChange | null } {
  if (!changeHead.Check(item)) throw unreadable(system, 'a change has no sequence')
  const { sequence, externalReference } = item
  if (sequence <= place) throw unreadable(system, `a change has the sequence ${sequence} behind ${place}`)
  if (!isReference(externalReference)) return { sequence, change: null }
  if (!caseChange.Check(item) || Number.isNaN(Date.parse(item.changedAt))) {
    throw unreadable(system, `the change ${sequence} is not of the form that was agreed`)
  }
  return { sequence, change: item }
}

function cursorAt(sequence: number): string {
  return `crm-cases:${sequence}`
}

/** A cursor of another adapter, whose place this one has taken, says nothing here: what has been brought is recognised. */
function sequenceOf(cursor: string | null): number {
  const [, digits] = /^crm-cases:(\d{1,15})$/.exec(cursor ?? '') ?? []
  return Number(digits ?? 0)
}
