import { readFileSync } from 'node:fs'
import { ParseOption, XmlDocument, XmlLibError, XmlParseError, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'
import type { Verdict } from './verdict.ts'

xmlRegisterFsInputProviders()

/** A schema file with its imports; dispose of it. */
export function openSchema(path: string): XsdValidator {
  using schema = XmlDocument.fromBuffer(readFileSync(path), { url: path })
  return XsdValidator.fromDoc(schema)
}

/** What libxml2 says of one document under each schema. Entities are put in, as Xerces does; nothing external is read. */
export function libxml2Verdicts(document: Uint8Array, schemas: readonly XsdValidator[]): Verdict[] {
  try {
    using parsed = XmlDocument.fromBuffer(document, {
      option: ParseOption.XML_PARSE_NOENT | ParseOption.XML_PARSE_NO_XXE,
    })
    return schemas.map((schema) => underSchema(parsed, schema))
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error
    return schemas.map(() => ({ verdict: 'malformed', message: firstLine(error) }))
  }
}

function underSchema(document: XmlDocument, schema: XsdValidator): Verdict {
  try {
    schema.validate(document)
    return { verdict: 'valid', message: '' }
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error
    return { verdict: 'invalid', message: firstLine(error) }
  }
}

function firstLine(error: Error): string {
  return error.message.split('\n')[0] ?? ''
}
