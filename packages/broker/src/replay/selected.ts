import type { Envelope, Message } from '@portreeve/envelope'
import { isPortreeveError } from '@portreeve/errors'
import type { Ledger } from '@portreeve/ledger'
import type { Log, StoredRecord } from '@portreeve/log'
import { fromRecord } from '../message-record.ts'
import type { ReplayRange, ReplaySelection } from './replay-records.ts'

/** Whether a message is to be repeated. A replay never is: what it repeats is. */
function isSelected(
  { type, reference, time, replayOf }: Envelope,
  { type: ofType = type, reference: ofReference = reference, from = '', to }: ReplaySelection,
): boolean {
  const at = Date.parse(time)
  const isInTime = (from === '' || at >= Date.parse(from)) && (to === undefined || at < Date.parse(to))
  return replayOf === undefined && type === ofType && reference === ofReference && isInTime
}

/** The message of a record when it is to be repeated; what is no message of ours is not. */
export function selectedMessage(record: StoredRecord, selection: ReplaySelection): Message | undefined {
  try {
    const message = fromRecord(record)
    return isSelected(message.envelope, selection) ? message : undefined
  } catch (error) {
    if (isPortreeveError(error)) return undefined
    throw error
  }
}

/** What of these topics, as far as they go now, can hold what is selected. */
export async function rangesOf(
  topics: readonly string[],
  selection: ReplaySelection,
  { log, ledger }: { readonly log: Pick<Log, 'ranges'>; readonly ledger: Pick<Ledger, 'search'> },
): Promise<readonly ReplayRange[]> {
  const wanted = topics.filter((topic) => selection.type === undefined || topic === selection.type)
  const all: ReplayRange[] = []
  for (const topic of wanted) {
    for (const { partition, start, end } of await log.ranges(topic)) all.push({ topic, partition, start, end })
  }
  const { reference } = selection
  const ranges = reference === undefined ? all : all.flatMap(narrowedTo(placesOf(reference, ledger)))
  return ranges.filter(({ start, end }) => start < end)
}

interface Span {
  first: number
  last: number
}

/** Where the messages with a reference stand, by partition. */
function placesOf(reference: string, ledger: Pick<Ledger, 'search'>): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>()
  let after: number | undefined
  do {
    const page = ledger.search({ reference, limit: 1000, ...(after !== undefined && { after }) })
    for (const { place } of page.messages) {
      const span = spans.get(partitionOf(place)) ?? { first: place.offset, last: place.offset }
      const { first, last } = span
      spans.set(partitionOf(place), { first: Math.min(first, place.offset), last: Math.max(last, place.offset) })
    }
    after = page.next ?? undefined
  } while (after !== undefined)
  return spans
}

function narrowedTo(spans: ReadonlyMap<string, Span>): (range: ReplayRange) => readonly ReplayRange[] {
  return (range) => {
    const span = spans.get(partitionOf(range))
    // Whatever comes behind the last one, if it comes right behind, is looked at and left alone.
    return span ? [{ ...range, start: Math.max(range.start, span.first), end: Math.min(range.end, span.last + 1) }] : []
  }
}

function partitionOf({ topic, partition }: Pick<ReplayRange, 'topic' | 'partition'>): string {
  return `${topic}/${partition}`
}
