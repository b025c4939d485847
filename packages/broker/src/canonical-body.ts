import { jsonFormat, type MessageFormat, type Problem, SourceRefused } from '@portreeve/formats'
import { emitJsonSchema, messageSchemas } from '@portreeve/model'

const formats = new Map<string, MessageFormat<unknown>>()

/** What is wrong with a JSON body for a message of this type; empty when nothing is, or when the type is not of the model. */
export async function bodyProblems(type: string, body: Uint8Array): Promise<readonly Problem[]> {
  const format = formatOf(type)
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

function formatOf(type: string): MessageFormat<unknown> | undefined {
  const known = formats.get(type)
  const schema = Object.entries(messageSchemas).find(([name]) => name === type)?.[1]
  if (known || !schema) return known
  const format = jsonFormat<unknown>({ schema: { ...emitJsonSchema(schema) }, tellsValues: false })
  formats.set(type, format)
  return format
}
