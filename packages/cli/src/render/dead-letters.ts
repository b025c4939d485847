import type { DeadLetterDetail, DeadLetterPage } from '@portreeve/broker'
import { count, number } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import { type Look, time } from './look.ts'

/** Keys that wait for a person, longest first, and what to do next. */
export function renderDeadLetters({ keys, next }: DeadLetterPage, look: Look): string {
  const [first] = keys
  if (!first) return look.style.good('Nothing waits for a person.')
  const rows = keys.map((letter) => [
    letter.receiver,
    printable(letter.key),
    letter.state,
    time(letter.since, look),
    letter.reference,
    number(letter.behind),
    printable([letter.code, letter.reason].filter(Boolean).join(' ')),
  ])
  const head = ['Receiver', 'Key', 'State', 'Since', 'Reference', 'Behind', 'Why']
  return [
    table(rows, { head, right: [5] }),
    '',
    look.style.faint(`Look at one: portreeve dead-letters show ${first.receiver} ${printable(first.key)}`),
    ...(next === null ? [] : [look.style.faint(`There are more: add --after ${next}`)]),
  ].join('\n')
}

/** One key: why it waits, what was decided before, and what can be done. */
export function renderDeadLetter(letter: DeadLetterDetail, look: Look, { body = false } = {}): string {
  const { style } = look
  const facts = [
    ['Receiver', letter.receiver],
    ['Key', printable(letter.key)],
    ['State', letter.state],
    ['Message', `${letter.reference}  ${letter.messageId}`.trim()],
    ['Since', time(letter.since, look)],
    ['Why', style.bad(printable([letter.code, letter.reason].filter(Boolean).join(' ')))],
    ['Behind it', count(letter.behind, 'message')],
    ['Body', aboutBody(letter, body)],
  ]
  const events = letter.events.map(({ at, what, by, why, code, reason }) => [
    time(at, look),
    what,
    printable(by ?? ''),
    printable([why, code, reason].filter(Boolean).join(' ')),
  ])
  return [
    table(facts),
    ...(body && letter.body !== null ? ['', letter.body.split('\n').map(printable).join('\n')] : []),
    ...(events.length > 0 ? ['', style.bold('What happened'), table(events, { indent: '  ' })] : []),
    ...(letter.state === 'parked' ? ['', ...aboutRetry(letter, look), ...whatNext(letter, look)] : []),
  ].join('\n')
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

function whatNext({ receiver, key, reference }: DeadLetterDetail, { style }: Look): readonly string[] {
  const which = `${receiver} ${printable(key)} --reference ${reference} --by <you> --why <reason>`
  return [
    style.faint(`Send it again:         portreeve dead-letters retry ${which}`),
    style.faint(`Correct it and send:   portreeve dead-letters edit ${which}`),
    style.faint(`Never send it:         portreeve dead-letters discard ${which}`),
  ]
}
