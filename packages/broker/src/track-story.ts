import type { LedgerMessage, Track as LedgerTrack } from '@portreeve/ledger'
import { tellsOfRefusal } from '@portreeve/ledger'
import type { Log } from '@portreeve/log'
import type { ReportRefused } from '@portreeve/model'
import type { ParkedEvent, State } from '@portreeve/state'
import { fromRecord } from './message-record.ts'
import type { Refusal, StoryEntry } from './operations.ts'
import { isUnreadable, recordAt } from './record-at.ts'

/** Of one refusal: a file may have thousands, and the first few say what is wrong. */
const maxProblems = 20

/** What the messages of a track that tell of a refusal say is wrong; one whose record is gone is left out. */
export async function refusalsOf({ message, children }: LedgerTrack, log: Log): Promise<readonly Refusal[]> {
  const refusals: Refusal[] = []
  for (const { id: messageId, type, reference, place } of [message, ...children]) {
    if (!tellsOfRefusal(type)) continue
    try {
      const { body } = fromRecord(await recordAt(log, place))
      const { problems } = JSON.parse(new TextDecoder().decode(body)) as { problems: ReportRefused['problems'] }
      refusals.push({
        messageId,
        reference,
        type,
        problems: problems.slice(0, maxProblems).map(told),
        inAll: problems.length,
      })
    } catch (error) {
      if (!isUnreadable(error)) throw error
    }
  }
  return refusals
}

/** Without the value that was found, which may be personal. */
function told({ code, line, sentence }: ReportRefused['problems'][number]): Refusal['problems'][number] {
  return { code, line: line ?? null, sentence }
}

/** The ledger's story, with why each refused thing was refused, and with what people decided about dead letters. */
export async function storyOf(
  track: LedgerTrack,
  refusals: readonly Refusal[],
  { eventsOf }: Pick<State['parked'], 'eventsOf'>,
): Promise<readonly StoryEntry[]> {
  const why = new Map(refusals.map((refusal) => [refusal.messageId, refusalSentence(refusal)]))
  const entries = track.timeLine.map(({ at, ...entry }): StoryEntry => {
    const sentence = entry.receiver === null ? (why.get(entry.messageId) ?? entry.sentence) : entry.sentence
    return { ...entry, at: at.toISOString(), sentence }
  })
  const messages = [track.message, ...track.children]
  const receivers = new Set(messages.flatMap((message) => message.receivers.map(({ receiver }) => receiver)))
  const decided = await Promise.all([...receivers].map((receiver) => decisionsAt(receiver, messages, eventsOf)))
  return [...entries, ...decided.flat()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

function refusalSentence({ problems, inAll }: Refusal): string {
  const [first] = problems
  if (!first) return 'Refused.'
  const place = first.line === null ? '' : `line ${first.line}: `
  const more = inAll > 1 ? ` ${inAll - 1} more.` : ''
  return `Refused: ${place}${first.sentence} (${first.code}).${more} Correct it and send it again.`
}

/** Where a message is now is told by the ledger: what brought it there is not told twice. */
async function decisionsAt(
  receiver: string,
  messages: readonly LedgerMessage[],
  eventsOf: State['parked']['eventsOf'],
): Promise<readonly StoryEntry[]> {
  const concerned = new Map(
    messages.flatMap((message) => {
      const pair = message.receivers.find((candidate) => candidate.receiver === receiver)
      return pair ? [[message.id, { reference: message.reference, state: pair.state }] as const] : []
    }),
  )
  const events = await eventsOf(receiver, [...concerned.keys()])
  const lastOf = new Map(events.map((event) => [event.messageId, event]))
  return events.flatMap((event): StoryEntry[] => {
    const { reference = '', state } = concerned.get(event.messageId) ?? {}
    const isNow = lastOf.get(event.messageId) === event && event.what === 'parked' && state === 'parked'
    const entry = entryOf(event, receiver)
    return entry === null || isNow
      ? []
      : [{ ...entry, messageId: event.messageId, reference, receiver, at: event.at.toISOString() }]
  })
}

function entryOf(
  { what, failure, release }: ParkedEvent,
  receiver: string,
): Pick<StoryEntry, 'state' | 'sentence'> | null {
  if (what === 'parked') {
    const why = failure === null ? ' behind another of its key' : ` (${failure.code}: ${failure.reason})`
    return { state: 'parked', sentence: `Held back from ${receiver}${why}; a person had to decide.` }
  }
  if (release === null) return null
  const { by, why, editedBody, discards } = release
  if (discards) return { state: 'discarded', sentence: `${by} decided that ${receiver} is never sent it: ${why}` }
  return {
    state: 'released',
    sentence: `${by} ${editedBody ? 'corrected it and ' : ''}let it go to ${receiver} again: ${why}`,
  }
}
