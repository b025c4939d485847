import { emitJsonSchema } from './emit/json-schema.ts'
import { messageSchemas } from './message-schemas.ts'

const titles = new Map(
  Object.entries(messageSchemas).map(([type, schema]) => [type, emitJsonSchema(schema).description]),
)

/** By the first word of a type. Source: the Category of the Valuebill schema's own e-GMS metadata (list GCL). */
const subjectCategories: Readonly<Record<string, string>> = { valuation: 'Local Taxes' }

/**
 * e-GMS 3.1 Title and Subject.category of messages of this type; `undefined` for a type that is not of this model or
 * speaks of no subject.
 */
export function eGmsOf(type: string): { readonly title: string; readonly subjectCategory: string } | undefined {
  const subjectCategory = subjectCategories[type.slice(0, type.indexOf('.'))]
  const title = titles.get(type)
  return subjectCategory === undefined || title === undefined ? undefined : { title, subjectCategory }
}
