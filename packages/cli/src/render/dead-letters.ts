import type { DeadLetterDetail, DeadLetterPage } from '@portreeve/broker'
import { count, number } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { shellWord } from '../text/shell-word.ts'
import { shorten } from '../text/shorten.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import { type Look, nextStep, time } from './look.ts'

/** A key may be a hash; its beginning tells keys apart. */
const longestKey = 16

/** Keys that wait for a person, longest first, and what to do next. */
export function renderDeadLetters({ keys, next }: DeadLetterPage, look: Look): string {
  const [first] = keys
  if (!first)
    return `${look.style.good('No message waits for a person.')} ${nextStep('Transactions that do:', 'transactions', look)}`
  const rows = keys.map((letter) => [
    letter.receiver,
    shorten(printable(letter.key), longestKey),
    letter.state,
    time(letter.since, look),
    letter.reference,
    number(letter.behind),
    printable([letter.code, letter.reason].filter(Boolean).join(' ')),
  ])
  const head = ['Receiver', 'Key', 'State', 'Since', 'Reference', 'Behind', 'Why']
  return [
    table(rows, { head, right: [5], width: look.rowWidth }),
    '',
    nextStep('Look at one:', `dead-letters show ${first.receiver} ${shellWord(first.key)}`, look),
    ...(next === null ? [] : [look.style.faint(`There are more: add --after ${next}`)]),
  ].join('\n')
}

/** One key: why it waits, what was decided before, and what can be done. */
export function renderDeadLetter(letter: DeadLetterDetail, look: Look, { body = false } = {}): string {
  const { style, width } = look
  const facts = [
    ['Receiver', letter.receiver],
    ['Key', printable(letter.key)],
    ['State', letter.state],
    ...(letter.state === 'settled' ? [] : waits(letter, look, body)),
  ]
  const ofOther = letter.events.some(({ messageId }) => messageId !== letter.events[0]?.messageId)
  const events = letter.events.map(({ at, reference, what, by, why, code, reason }) => [
    time(at, look),
    ...(ofOther ? [reference ?? ''] : []),
    what,
    printable(by ?? ''),
    printable([why, code, reason].filter(Boolean).join(' ')),
  ])
  return [
    table(facts, { width }),
    ...(body && letter.body !== null ? ['', shownBody(letter.body).split('\n').map(printable).join('\n')] : []),
    ...(events.length > 0 ? ['', style.bold('What happened'), table(events, { indent: '  ', width })] : []),
    ...(letter.state === 'parked' ? ['', ...aboutRetry(letter, look), ...whatNext(letter, look)] : []),
  ].join('\n')
}

/** What there is to say only while something waits. */
function waits(letter: DeadLetterDetail, look: Look, body: boolean): readonly string[][] {
  return [
    ['Message', letter.reference],
    ['Since', time(letter.since, look)],
    ['Why', look.style.bad(printable([letter.code, letter.reason].filter(Boolean).join(' ')))],
    ['Behind it', behindIt(letter)],
    ['Body', aboutBody(letter, body)],
  ]
}

function behindIt({ behind, behindReferences }: DeadLetterDetail): string {
  if (behind === 0) return 'nothing'
  const more = behind - behindReferences.length
  return `${count(behind, 'message')}: ${behindReferences.join(', ')}${more > 0 ? ` and ${number(more)} more` : ''}`
}

/** JSON laid out for reading, as `edit` does; what is none as it is. */
function shownBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

function aboutBody({ body, contentType }: DeadLetterDetail, shown: boolean): string {
  if (body === null) return 'none that could be shown as text'
  const about = `${count(body.length, 'character')} of ${contentType ?? 'unknown type'}`
  return shown ? about : `${about}; --body shows it (it may hold personal data)`
}

function aboutRetry({ beforeRetry, receiver }: DeadLetterDetail, { width }: Look): readonly string[] {
  if (beforeRetry === null) return []
  const sentence =
    beforeRetry === 'asks'
      ? `A retry asks ${receiver} first, and sends only if it is not there.`
      : `A retry sends at once: ${receiver} cannot be asked, or an earlier version did not keep what to ask about. Look there yourself first; it may have been taken.`
  return [wrap(sentence, { width }), '']
}

function whatNext({ receiver, key, reference }: DeadLetterDetail, look: Look): readonly string[] {
  const which = `${receiver} ${shellWord(key)} --reference ${reference} --by 'your name' --why 'your reason'`
  return [
    nextStep('Send it again:', `dead-letters retry ${which}`, look),
    nextStep('Correct it and send:', `dead-letters edit ${which}`, look),
    nextStep('Never send it:', `dead-letters discard ${which}`, look),
  ]
}
