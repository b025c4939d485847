import type { TSchema } from 'typebox'

/** The part of JSON Schema (2020-12) that canonical schemas are written in. */
export interface JsonSchema {
  readonly $schema?: string
  readonly $id?: string
  readonly title?: string
  readonly description?: string
  readonly type?: 'object' | 'array' | 'string' | 'integer'
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  /** A map of names to texts: one pattern that any name matches. */
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  /** At least one of these properties must be there. */
  readonly anyOf?: readonly { readonly required: readonly string[] }[]
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

/** The schema as JSON: what TypeBox keeps beside it for types is left behind. */
export function emitJsonSchema(schema: TSchema): JsonSchema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...JSON.parse(JSON.stringify(schema)) }
}
