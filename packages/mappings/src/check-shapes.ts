import { rootElement } from '@portreeve/model'
import { canonicalSchema } from './json-check.ts'
import type { MappingDefinition } from './mapping.ts'
import type { ShapeFault } from './shapes/shape-fault.ts'
import { xsltShapeFaults } from './shapes/xslt-shape-faults.ts'

/** Where a script that compiles does not fit the schemas of what it reads and makes, without running it. */
export async function checkShapes({ from, to, script }: MappingDefinition): Promise<readonly ShapeFault[]> {
  const schema = canonicalSchema(from)
  if (schema === undefined) return []
  if (script.language === 'xslt') return xsltShapeFaults(script.text, schema, rootElement(schema))
  const { parseJsonata } = await import('./jsonata/parse-jsonata.ts')
  const { jsonataShapeFaults } = await import('./shapes/jsonata-shape-faults.ts')
  const target =
    to.schema === undefined ? canonicalSchema(to.type) : to.schema.kind === 'json' ? to.schema.schema : undefined
  const tree = parseJsonata(script.text)
  return jsonataShapeFaults({ tree, text: script.text, from: schema, ...(target && { to: target }) })
}
