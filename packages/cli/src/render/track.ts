import type { Refusal, Track } from '@portreeve/broker'
import { spellReference } from '@portreeve/envelope'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import { type Look, messageState, state, time } from './look.ts'

export interface TrackView {
  /** Every line of the story, however long. Default false: what went as it should is left out of a long one. */
  readonly all?: boolean
}

const shortStory = 40
const wholeFile = 'valuation.submission.refused'

/** What became of a message and of all that followed from it: where it stands, counts, and the story by time. */
export function renderTrack(track: Track, look: Look, { all = false }: TrackView = {}): string {
  const { style } = look
  const { message, childrenInAll } = track
  const refused = track.refusals.filter(({ reference }) => reference === track.reference)
  const parts = [
    wrap([style.bold(track.reference), printable(message.file ?? ''), message.type].filter(Boolean).join('  '), {
      width: look.width,
      hanging: '  ',
    }),
    [
      `accepted ${time(message.time, look)}`,
      // A file that was split goes to nobody itself: what became of it is what became of its messages.
      ...(refused.length > 0
        ? [style.bad(refused.some(({ type }) => type === wholeFile) ? 'refused as a whole' : 'refused')]
        : message.receivers.length === 0 && childrenInAll > 0
          ? []
          : [`now ${messageState(message, look)}`]),
      ...(message.uprn === null ? [] : [`UPRN ${message.uprn}`]),
    ].join(', '),
    wrap(style.faint(`on the telephone: ${spellReference(track.reference)}`), { width: look.width, hanging: '  ' }),
    ...refused.flatMap((refusal) => problemsOf(refusal, look)),
  ]
  if (track.summary.length > 0) {
    const rows = track.summary.map(({ type, receiver, state: at, messages }) => [
      type,
      receiver,
      state(at, look),
      String(messages),
    ])
    const head = ['Type', 'Receiver', 'State', 'Count']
    parts.push(
      '',
      `${count(childrenInAll, 'message')} followed from it:`,
      table(rows, { head, right: [3], indent: '  ', width: look.width }),
    )
  }
  return [...parts, '', ...storyOf(track, look, all)].join('\n')
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
