import type { Ledger } from '@portreeve/ledger'
import type { Log } from '@portreeve/log'
import type { ReplayPreview } from '../operations.ts'
import type { Receiver } from '../receivers.ts'
import type { ReplaySelection } from './replay-records.ts'
import { rangesOf, selectedMessage } from './selected.ts'
import { type Standing, type StandingLedger, standingAt } from './standing.ts'

export interface PreviewParts {
  readonly log: Pick<Log, 'ranges' | 'read'>
  readonly ledger: Pick<Ledger, 'search'> & StandingLedger
}

interface Counted {
  readonly types: Map<string, number>
  messages: number
  deliveredBefore: number
  waitForPerson: number
  notConcerned: number
  oldest: number
  newest: number
}

/** What a replay to this receiver would repeat, counted from the log as it stands. Keeps no message in memory. */
export async function previewFor(
  receiver: Receiver,
  selection: ReplaySelection,
  parts: PreviewParts,
): Promise<ReplayPreview['receivers'][number]> {
  const standingOf = standingAt(receiver, parts.ledger)
  const infinity = Number.POSITIVE_INFINITY
  const counted: Counted = {
    types: new Map(),
    messages: 0,
    deliveredBefore: 0,
    waitForPerson: 0,
    notConcerned: 0,
    oldest: infinity,
    newest: -infinity,
  }
  for (const { topic, partition, start, end } of await rangesOf(receiver.route.from, selection, parts)) {
    for (let from = start; from < end; ) {
      const { records, next } = await parts.log.read({ topic, partition, from })
      for (const record of records) {
        const message = record.offset < end ? selectedMessage(record, selection) : undefined
        if (message) count(message, counted, standingOf(message))
      }
      if (next === from) break
      from = next
    }
  }
  const { types, oldest, newest, ...numbers } = counted
  return {
    receiver: receiver.name,
    ...numbers,
    types: [...types].map(([type, messages]) => ({ type, messages })),
    oldest: oldest === infinity ? null : new Date(oldest).toISOString(),
    newest: newest === -infinity ? null : new Date(newest).toISOString(),
  }
}

function count(
  { envelope }: NonNullable<ReturnType<typeof selectedMessage>>,
  counted: Counted,
  standing: Standing,
): void {
  const at = Date.parse(envelope.time)
  counted.messages += 1
  counted.types.set(envelope.type, (counted.types.get(envelope.type) ?? 0) + 1)
  counted.oldest = Math.min(counted.oldest, at)
  counted.newest = Math.max(counted.newest, at)
  if (standing === 'not-concerned') counted.notConcerned += 1
  if (standing === 'delivered-before') counted.deliveredBefore += 1
  if (standing === 'waits-for-person') counted.waitForPerson += 1
}
