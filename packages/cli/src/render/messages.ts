import type { SearchPage } from '@portreeve/broker'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { type Look, messageState, time } from './look.ts'

/** A table of messages, newest first, and how to see more. */
export function renderMessages({ messages, next }: SearchPage, look: Look): string {
  if (messages.length === 0) return 'No message was found.'
  const rows = messages.map((message) => [
    message.reference,
    time(message.time, look),
    messageState(message, look),
    message.type,
    message.uprn ?? '',
    printable(message.file ?? ''),
  ])
  const head = ['Reference', 'Accepted', 'State', 'Type', 'UPRN', 'File']
  const more = next === null ? [] : ['', look.style.faint(`There are more: add --after ${next}`)]
  return [table(rows, { head, width: look.width }), ...more].join('\n')
}
