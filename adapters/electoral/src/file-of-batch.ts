import { createHash } from 'node:crypto'
import type { Outcome } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { RecordFormat, RecordValues } from '@portreeve/formats'
import type { AddressUpdateRequested } from '@portreeve/model'
import { linesOf } from './from-canonical.ts'
import type { Note } from './note.ts'

/** How messages become lines. */
export interface LineWriting {
  readonly format: RecordFormat
  /** Names of the layout's fields that have values: what it does not know is not written. */
  readonly names: ReadonlySet<string>
  /** `csv` or `txt`. */
  readonly ending: string
  /** Throws `PRV_ADAPTER_MESSAGE` for a message that is no request. */
  readonly read: (message: Message) => AddressUpdateRequested
}

/** The lines of one message, or why it has none. */
export type MessageLines =
  | { readonly message: Message; readonly lines: readonly RecordValues[] }
  | { readonly message: Message; readonly outcome: Outcome }

export function messageLines(message: Message, { format, names, read }: LineWriting): MessageLines {
  try {
    const lines = linesOf(message, read(message)).map((values) => known(values, names))
    const [problem] = lines.flatMap((values) => format.problemsOf(values))
    if (problem === undefined) return { message, lines }
    const details = { id: message.envelope.id, field: problem.path.slice(1), rule: problem.rule }
    throw new PortreeveError('PRV_ELECTORAL_MESSAGE', details)
  } catch (error) {
    if (!isPortreeveError(error)) throw error
    return { message, outcome: { state: 'not-taken', error: error.toJSON() } }
  }
}

/** The file of some messages: the same messages are the same file. */
export interface BatchFile {
  /** Its name as the nth of all files: in the order of their names, a person's later change comes behind an earlier one. */
  readonly nameAs: (number: number) => string
  readonly bytes: Uint8Array
  readonly messages: Note['messages']
}

export async function batchFile(
  all: readonly { readonly message: Message; readonly lines: readonly RecordValues[] }[],
  { format, ending }: LineWriting,
): Promise<BatchFile> {
  const bytes = format.writeAll(all.flatMap(({ lines }) => lines))
  const lineOf: number[] = []
  for await (const { index, line } of format.records(bytes)) lineOf[index] = line
  let first = 0
  const messages = all.map(({ message, lines }) => {
    const place = { id: message.envelope.id, line: lineOf[first] ?? 1, persons: lines.length }
    first += lines.length
    return place
  })
  const day = dayOf(all.map(({ message }) => message))
  const hash = hashOf(all.map(({ message }) => message))
  return { nameAs: (number) => `address-changes-${day}-${inSixDigits(number)}-${hash}.${ending}`, bytes, messages }
}

/** Of the newest message. */
function dayOf(messages: readonly Message[]): string | undefined {
  return messages
    .map(({ envelope: { time } }) => time.slice(0, 10))
    .toSorted()
    .at(-1)
}

/** So that no other file has the name, whatever became of the numbers. */
function hashOf(messages: readonly Message[]): string {
  const hash = createHash('sha256')
  for (const { envelope } of messages) hash.update(`${envelope.id}\n`)
  return hash.digest('hex').slice(0, 16)
}

function inSixDigits(number: number): string {
  return String(number).padStart(6, '0')
}

function known(values: RecordValues, names: ReadonlySet<string>): RecordValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)))
}
