import { SourceRefused } from '@portreeve/formats'
import { canonicalSchema } from './json-check.ts'
import type { MappingDefinition } from './mapping.ts'
import { outputTypeOf } from './xslt/output-type.ts'

/**
 * Media type of what a mapping makes, where a receiver is given it as it is; `null` for a canonical type, which takes the form
 * that the receiver wants, and while the script cannot be read.
 */
export function ownContentType({ to, script }: Pick<MappingDefinition, 'to' | 'script'>): string | null {
  if (to.schema === undefined && canonicalSchema(to.type) !== undefined) return null
  if (script.language === 'jsonata') return 'application/json'
  try {
    return outputTypeOf(script.text)
  } catch (error) {
    if (error instanceof SourceRefused) return null
    throw error
  }
}
