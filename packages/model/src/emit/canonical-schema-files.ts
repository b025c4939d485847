import type { TSchema } from 'typebox'
import { bs7666AddressSchema } from '../address/bs7666-address.ts'
import { messageSchemas } from '../message-schemas.ts'
import { emitXsd } from './emit-xsd.ts'
import { emitJsonSchema } from './json-schema.ts'

/** What lies in `schemas/canonical`: text by file name, a JSON Schema and an XSD of each canonical schema. */
export function canonicalSchemaFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const schemas: readonly TSchema[] = [bs7666AddressSchema, ...Object.values(messageSchemas)]
  for (const schema of schemas) {
    const json = emitJsonSchema(schema)
    const name = (json.title ?? '').replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase()
    files.set(`${name}.schema.json`, `${JSON.stringify(json, null, 2)}\n`)
    files.set(`${name}.xsd`, emitXsd(json))
  }
  return files
}
