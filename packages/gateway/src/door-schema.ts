import { emitJsonSchema, type JsonSchema } from '@portreeve/model'
import type { TSchema } from 'typebox'

/** A JSON Schema of the door: the canonical one, with what cannot be said there. */
export interface DoorSchema extends JsonSchema {
  readonly format?: 'date'
}

/** Longest text that has no length of its own. */
const maxTextLength = 200

/**
 * What the door takes is what the canonical schema says, and stricter where it leaves things open: a date is one of the
 * calendar, a text without a length has at most 200 characters and no control character.
 */
export function doorSchema(schema: TSchema): Readonly<Record<string, unknown>> & JsonSchema {
  const { $schema: _dialect, $id: _id, ...canonical } = emitJsonSchema(schema)
  return { ...stricter(canonical) }
}

function stricter(schema: JsonSchema): DoorSchema {
  const { properties, items } = schema
  return {
    ...schema,
    ...(schema.title === 'Date' && { format: 'date' as const }),
    ...(schema.title === 'PopulatedText' && {
      maxLength: maxTextLength,
      pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]+$',
    }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, stricter(part)])),
    }),
    ...(items && { items: stricter(items) }),
  }
}
