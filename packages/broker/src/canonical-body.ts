import { jsonFormat, type MessageFormat, type Problem, SourceRefused } from '@portreeve/formats'
import { acceptedSchema, emitJsonSchema, messageSchemas } from '@portreeve/model'

const formats = new Map<string, MessageFormat<unknown>>()
const strictFormats = new Map<string, MessageFormat<unknown>>()

/**
 * What is wrong with a JSON body for a message of this type; empty when nothing is, or when the type is not of the model. `strict`:
 * as for what people bring, see `acceptedSchema`.
 */
export async function bodyProblems(
  type: string,
  body: Uint8Array,
  { strict } = { strict: false },
): Promise<readonly Problem[]> {
  const format = formatOf(type, strict)
  if (!format) return []
  try {
    const found: Problem[] = []
    for await (const { problems } of format.read(body)) found.push(...problems)
    return found
  } catch (error) {
    if (error instanceof SourceRefused) return [error.problem]
    throw error
  }
}

function formatOf(type: string, strict: boolean): MessageFormat<unknown> | undefined {
  const kept = strict ? strictFormats : formats
  const known = kept.get(type)
  const schema = Object.entries(messageSchemas).find(([name]) => name === type)?.[1]
  if (known || !schema) return known
  const format = jsonFormat<unknown>({
    schema: strict ? acceptedSchema(schema) : { ...emitJsonSchema(schema) },
    tellsValues: false,
  })
  kept.set(type, format)
  return format
}
