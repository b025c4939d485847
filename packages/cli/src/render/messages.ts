import type { SearchPage } from '@portreeve/broker'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import { type Look, state, time } from './look.ts'

/** A table of messages, newest first, and how to see more. */
export function renderMessages({ messages, next }: SearchPage, look: Look, { file }: { file?: string } = {}): string {
  if (messages.length === 0) {
    const hint =
      file === undefined
        ? ''
        : ' A file whose content had come before under another name is found by its SHA-256 or that name; its answer in the inbox tells the reference.'
    return wrap(`No message was found.${hint}`, { width: look.width })
  }
  const rows = messages.map((message) => [
    message.reference,
    time(message.time, look),
    state(message.state, look),
    message.type,
    message.uprn ?? '',
    printable(message.file ?? ''),
  ])
  const head = ['Reference', 'Accepted', 'State', 'Type', 'UPRN', 'File']
  const more = next === null ? [] : ['', look.style.faint(`There are more: add --after ${next}`)]
  return [table(rows, { head, width: look.rowWidth }), ...more].join('\n')
}
