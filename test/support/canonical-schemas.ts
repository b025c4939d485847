import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bs7666AddressSchema, emitJsonSchema, type JsonSchema, messageSchemas } from '@portreeve/model'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { root } from './source-files.ts'

export interface CanonicalSchema {
  readonly name: string
  readonly schema: JsonSchema
  readonly validate: ValidateFunction
  /** Its valid example, which has every member that the schema knows. */
  readonly example: unknown
}

export const goldenFolder = join(root, 'test/documentation/golden/canonical')

/** Every canonical schema with its validator (Ajv, strict mode) and its golden example. */
export const canonicalSchemas: readonly CanonicalSchema[] = [bs7666AddressSchema, ...Object.values(messageSchemas)].map(
  (typeBox) => {
    const schema = emitJsonSchema(typeBox)
    const name = (schema.title ?? '').replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase()
    const ajv = new Ajv2020({ strict: true, allErrors: true, logger: { log: fail, warn: fail, error: fail } })
    const example: unknown = JSON.parse(readFileSync(join(goldenFolder, name, 'message.json'), 'utf8'))
    return { name, schema, validate: ajv.compile(schema), example }
  },
)

/** Strict mode only warns of some faults of a schema; here they count as well. */
function fail(...words: unknown[]): never {
  throw new Error(words.join(' '))
}
