import { contentModel } from './content-model.ts'
import type { JsonSchema } from './json-schema.ts'
import { markup, type XsdNode } from './markup.ts'
import { simpleTypeBase, simpleTypeFacets } from './simple-type.ts'
import { TypeNames } from './type-names.ts'

/**
 * XML Schema 1.0 of a canonical message in its XML form: the target namespace is the schema's `$id`, the root element
 * its title with a small first letter, and each property an element. A list is an element that comes again, a map is
 * `entry` elements with a `key`.
 */
export function emitXsd(schema: JsonSchema): string {
  const types = new TypeNames()
  const root = types.nameOf(schema, schema.title ?? '')
  const nodes: XsdNode[] = []
  for (const [name, type] of types.all()) nodes.push(namedType(name, type, types))
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markup({
    name: 'schema',
    attributes: {
      'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
      xmlns: schema.$id ?? '',
      targetNamespace: schema.$id ?? '',
      elementFormDefault: 'qualified',
    },
    children: [
      { name: 'element', attributes: { name: rootElement(schema), type: root }, children: annotation(schema) },
      ...nodes,
    ],
  })}`
}

/** Name of the root element of a canonical message: its title with a small first letter. */
export function rootElement(schema: JsonSchema): string {
  const title = schema.title ?? ''
  return title.charAt(0).toLowerCase() + title.slice(1)
}

function namedType(name: string, schema: JsonSchema, types: TypeNames): XsdNode {
  if (schema.properties) {
    const children = contentModel(schema, (...of) => element(types, ...of))
    return { name: 'complexType', attributes: { name }, children: [{ name: 'sequence', children }] }
  }
  if (schema.patternProperties) return { name: 'complexType', attributes: { name }, children: [map()] }
  const restriction = { name: 'restriction', attributes: { base: simpleTypeBase(schema) } }
  return {
    name: 'simpleType',
    attributes: { name },
    children: [{ ...restriction, children: simpleTypeFacets(schema) }],
  }
}

function element(types: TypeNames, name: string, schema: JsonSchema, required: boolean): XsdNode {
  const many = schema.items !== undefined
  const minOccurs = required && (!many || (schema.minItems ?? 0) > 0) ? {} : { minOccurs: '0' }
  return {
    name: 'element',
    attributes: {
      name,
      type: types.nameOf(schema.items ?? schema, name),
      ...minOccurs,
      ...(many && { maxOccurs: 'unbounded' }),
    },
    children: annotation(schema),
  }
}

function annotation(schema: JsonSchema): XsdNode[] {
  if (schema.description === undefined) return []
  return [{ name: 'annotation', children: [{ name: 'documentation', text: schema.description }] }]
}

function map(): XsdNode {
  const value = {
    name: 'simpleContent',
    children: [
      {
        name: 'extension',
        attributes: { base: 'xs:string' },
        children: [{ name: 'attribute', attributes: { name: 'key', type: 'xs:string', use: 'required' } }],
      },
    ],
  }
  return {
    name: 'sequence',
    children: [
      {
        name: 'element',
        attributes: { name: 'entry', minOccurs: '0', maxOccurs: 'unbounded' },
        children: [{ name: 'complexType', children: [value] }],
      },
    ],
  }
}
