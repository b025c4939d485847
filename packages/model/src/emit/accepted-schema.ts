import type { TSchema } from 'typebox'
import { emitJsonSchema, type JsonSchema } from './json-schema.ts'

/** A canonical schema, with what cannot be said there. */
export interface AcceptedSchema extends JsonSchema {
  readonly format?: 'date'
}

/** Longest text that has no length of its own. */
const maxTextLength = 200
const noControlCharacter = '^[^\\u0000-\\u001f\\u007f-\\u009f]*$'

/**
 * What people may bring or correct: what the canonical schema says, and stricter where it leaves things open: a date is one of the
 * calendar, a populated text has at most 200 characters, and neither it nor a name has a control character: no line ends, no NUL.
 */
export function acceptedSchema(schema: TSchema): Readonly<Record<string, unknown>> & JsonSchema {
  const { $schema: _dialect, $id: _id, ...canonical } = emitJsonSchema(schema)
  return { ...stricter(canonical) }
}

function stricter(schema: JsonSchema): AcceptedSchema {
  const { properties, items } = schema
  const isName = schema.maxLength !== undefined && schema.pattern === undefined
  return {
    ...schema,
    ...(schema.title === 'Date' && { format: 'date' as const }),
    ...(isName && { pattern: noControlCharacter }),
    ...(schema.title === 'PopulatedText' && { maxLength: maxTextLength, pattern: noControlCharacter }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, stricter(part)])),
    }),
    ...(items && { items: stricter(items) }),
  }
}
