import type { RecordValues } from '@portreeve/formats'
import { addressUpdateStatuses, type Candidate } from '@portreeve/model'
import { type Static, Type } from 'typebox'

const text = Type.String({ minLength: 1 })

/** What a return file says of one person. */
export const personResultSchema = Type.Object({
  status: Type.Enum([...addressUpdateStatuses]),
  systemReference: Type.Optional(text),
  code: Type.Optional(text),
  words: Type.Optional(text),
  candidates: Type.Optional(Type.Array(Type.Object({ personReference: text, description: text }), { minItems: 1 })),
})

export type PersonResult = Static<typeof personResultSchema>

/** `null` for a status that nobody here knows: the layout maps the system's own to ours. */
export function personResult(values: RecordValues): PersonResult | null {
  const status = addressUpdateStatuses.find((each) => each === values.status)
  if (status === undefined) return null
  const candidates = candidatesIn(textOf(values.candidates))
  return {
    status,
    ...filled('systemReference', values.systemReference),
    ...filled('code', values.code),
    ...filled('words', values.words),
    ...(candidates.length > 0 && { candidates }),
  }
}

/** `E1001 Ann Example, 1 High Street; E1002 Ann Example, 7 Low Road`: a reference, a blank, and what tells this person from the others. */
function candidatesIn(text: string): Candidate[] {
  return text.split(';').flatMap((part): Candidate[] => {
    const [personReference = '', ...words] = part.trim().split(/\s+/)
    if (personReference === '') return []
    return [{ personReference, description: words.length === 0 ? personReference : words.join(' ') }]
  })
}

function filled<Name extends string>(name: Name, value: RecordValues[string] | undefined): { [key in Name]?: string } {
  const text = textOf(value).trim()
  return text === '' ? {} : ({ [name]: text } as { [key in Name]: string })
}

function textOf(value: RecordValues[string] | undefined): string {
  return value === undefined ? '' : String(value)
}
