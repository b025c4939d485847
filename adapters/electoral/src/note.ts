import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

const schema = Type.Object({
  file: Type.String({ pattern: '^[^./\\\\][^/\\\\]*$' }),
  messages: Type.Array(
    Type.Object({ id: Type.String(), line: Type.Integer({ minimum: 1 }), persons: Type.Integer({ minimum: 1 }) }),
  ),
})
const compiled = Compile(schema)

/** What a file that was handed over holds. */
export type Note = Static<typeof schema>

/** Where a message stands in what was handed over. */
export interface Place {
  readonly file: string
  /** Of its first person, from 1. */
  readonly line: number
  readonly persons: number
}

/** Throws for what is no note: it may have been changed by hand, and then nobody knows what was handed over. */
export function readNote(text: string): Note {
  const value: unknown = JSON.parse(text)
  if (compiled.Check(value)) return value
  throw Object.assign(new Error('this is no note of what was handed over'), { code: 'no note' })
}

export function placesIn({ file, messages }: Note): ReadonlyMap<string, Place> {
  return new Map(messages.map(({ id, line, persons }) => [id, { file, line, persons }]))
}
