import type { Refusal, Track, Transaction } from '@portreeve/broker'
import { spellReference } from '@portreeve/envelope'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import { type Look, state, time } from './look.ts'
import { decideNext, renderStanding } from './transaction-standing.ts'
import { renderStory } from './transaction-story.ts'
import { type Paused, standing } from './transaction-words.ts'

export interface TrackView {
  /** Every line of the story, however long. Default false: what went as it should is left out of a long one. */
  readonly all?: boolean
  /** Where a process handles it: then the story is told in its words. */
  readonly transaction?: Transaction
  /** With `transaction`: which systems cannot be reached at the moment. */
  readonly paused?: Paused
}

const shortStory = 40
const wholeFile = 'valuation.submission.refused'

/** What became of a message and of all that followed from it: where it stands, counts, and the story by time. */
export function renderTrack(track: Track, look: Look, view: TrackView = {}): string {
  const { all = false, transaction, paused } = view
  const { style, width } = look
  const { message } = track
  const refused = track.refusals.filter(({ reference }) => reference === track.reference)
  const parts = [
    wrap([style.bold(track.reference), printable(message.file ?? ''), message.type].filter(Boolean).join('  '), {
      width,
      hanging: '  ',
    }),
    wrap(
      [
        `accepted ${time(message.time, look)}`,
        ...(refused.length > 0
          ? [style.bad(refused.some(({ type }) => type === wholeFile) ? 'refused as a whole' : 'refused')]
          : nowOf(track, look, transaction)),
        ...(message.uprn === null ? [] : [`UPRN ${message.uprn}`]),
      ].join(', '),
      { width, hanging: '  ' },
    ),
    ...(all && message.configuration !== null
      ? [wrap(style.faint(`made under the configuration ${message.configuration}`), { width, hanging: '  ' })]
      : []),
    wrap(style.faint(`on the telephone: ${spellReference(track.reference)}`), { width, hanging: '  ' }),
    ...refused.flatMap((refusal) => problemsOf(refusal, look)),
    ...(transaction ? ['', ...renderStanding(transaction, look, paused), ...decideNext(transaction, look)] : []),
    ...(all || !transaction ? summaryOf(track, look) : []),
    '',
    ...(transaction ? renderStory(track, transaction, look, all) : storyOf(track, look, all)),
  ]
  return parts.join('\n')
}

function nowOf({ message, childrenInAll }: Track, look: Look, transaction?: Transaction): readonly string[] {
  if (transaction) return [`now ${standing(transaction, look)}`]
  // A file that was split goes to nobody itself: what became of it is what became of its messages.
  return message.receivers.length === 0 && childrenInAll > 0 ? [] : [`now ${state(message.state, look)}`]
}

function summaryOf({ summary, childrenInAll }: Track, look: Look): readonly string[] {
  if (summary.length === 0) return []
  const rows = summary.map(({ type, receiver, state: at, messages }) => [
    type,
    receiver,
    state(at, look),
    String(messages),
  ])
  const head = ['Type', 'Receiver', 'State', 'Count']
  return [
    '',
    `${count(childrenInAll, 'message')} followed from it:`,
    table(rows, { head, right: [3], indent: '  ', width: look.width }),
  ]
}

/** What is wrong, a line each, and what to do. */
function problemsOf({ problems, inAll }: Refusal, { style, width }: Look): readonly string[] {
  const lines = problems.map(({ code, line, sentence }) => {
    const place = line === null ? '' : `line ${line}  `
    return wrap(`${printable(sentence)} (${printable(code)})`, {
      width,
      first: `  ${style.bad(place)}`,
      hanging: '    ',
    })
  })
  const more = inAll > problems.length ? [`  and ${count(inAll - problems.length, 'more problem')}`] : []
  return ['', style.bold('Why it was refused'), ...lines, ...more, 'Correct it and send it again.']
}

function storyOf(track: Track, look: Look, all: boolean): readonly string[] {
  const { timeLine, message } = track
  const lines =
    all || timeLine.length <= shortStory
      ? timeLine
      : timeLine.filter((entry) => entry.messageId === message.id || isTelling(entry.state)).slice(0, shortStory)
  // The sentence names the receiver; the head has the reference of a message that stands alone.
  const isAlone = timeLine.every((entry) => entry.messageId === message.id)
  const rows = lines.map(({ at, reference, state: entered, sentence }) => [
    time(at, look),
    ...(isAlone ? [] : [reference]),
    state(entered, look),
    printable(sentence),
  ])
  const left = timeLine.length - lines.length
  return [
    look.style.bold('What happened'),
    table(rows, { indent: '  ', width: look.width }),
    ...(left > 0 ? [look.style.faint(`  ${count(left, 'more line')} left out: add --all to see them`)] : []),
  ]
}

/** What a person would want to see first of many. */
function isTelling(entered: string): boolean {
  return ['refused', 'parked', 'unknown', 'released', 'discarded'].includes(entered)
}
