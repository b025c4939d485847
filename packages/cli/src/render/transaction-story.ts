import type { StoryEntry, Track, Transaction } from '@portreeve/broker'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { type Look, state, time } from './look.ts'
import { stepSentence, stepWords } from './transaction-words.ts'

interface Line {
  readonly at: string
  readonly what: string
  readonly sentence: string
}

/** What happened to a transaction, by time: the steps of its process, and what else became of its messages. */
export function renderStory(track: Track, transaction: Transaction, look: Look, all: boolean): readonly string[] {
  const told = track.timeLine.flatMap((entry) => lineOf(entry, track, transaction, all))
  const steps = transaction.steps
    .filter(({ what }) => what !== 'started')
    .map((step): Line => ({ at: step.at, what: stepWords[step.what], sentence: stepSentence(step) }))
  const lines = [...told, ...steps].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const rows = lines.map(({ at, what, sentence }) => [time(at, look), state(what, look), printable(sentence)])
  return [look.style.bold('What happened'), table(rows, { indent: '  ', width: look.rowWidth })]
}

/** What the process tells of its requests and corrections is not told twice, but for what a person decided. */
function lineOf(entry: StoryEntry, { message }: Track, { process }: Transaction, all: boolean): readonly Line[] {
  const { at, messageId, state: what, sentence } = entry
  const line = { at, what, sentence }
  if (all || messageId === message.id || what === 'released' || what === 'discarded') return [line]
  const email = emailOf(messageId.slice(`${message.id}.${process}`.length))
  return email === null || what === 'accepted' ? [] : [{ ...line, sentence: `${email}: ${sentence}` }]
}

/** Which e-mail a message asks for, by the end of its id. */
function emailOf(end: string): string | null {
  if (end === '.acknowledged') return 'Acknowledgement by e-mail'
  return /^\.alert\.\d+$/.test(end) ? 'E-mail to those who look after the system' : null
}
