import { jsonFormat, type Problem, SourceRefused } from '@portreeve/formats'
import { emitJsonSchema, type JsonSchema, messageSchemas } from '@portreeve/model'

/** What is wrong with bytes as JSON of some schema; empty when nothing is. */
export type JsonCheck = (body: Uint8Array) => Promise<readonly Problem[]>

export function jsonCheck(schema: Readonly<Record<string, unknown>>): JsonCheck {
  const format = jsonFormat<unknown>({ schema })
  return async (body) => {
    const found: Problem[] = []
    try {
      for await (const { problems } of format.read(body)) found.push(...problems)
    } catch (error) {
      if (!(error instanceof SourceRefused)) throw error
      found.push(error.problem)
    }
    return found
  }
}

/** The schema of a canonical type; `undefined` for a type that the model does not have. */
export function canonicalSchema(type: string): JsonSchema | undefined {
  const schema = Object.entries(messageSchemas).find(([name]) => name === type)?.[1]
  return schema && emitJsonSchema(schema)
}
