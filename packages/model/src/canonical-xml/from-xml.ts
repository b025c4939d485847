import { PortreeveError } from '@portreeve/errors'
import { rootElement } from '../emit/emit-xsd.ts'
import type { JsonSchema } from '../emit/json-schema.ts'
import type { XmlTree, XmlTreeAttribute } from './xml-tree.ts'

/**
 * Reads the XML form of a canonical message. What it returns has the schema's shape and is to be validated by it:
 * only names and numbers are looked at here, not what is missing. Throws PRV_MODEL_XML with the path of the element.
 */
export function fromXml(schema: JsonSchema, root: XmlTree): unknown {
  const namespace = schema.$id ?? ''
  const name = rootElement(schema)
  if (root.name !== name || root.namespace !== namespace) {
    throw refused(root.name, `it should be ${name} in the namespace ${namespace}`)
  }
  return readValue(schema, root, namespace, name)
}

function readValue(schema: JsonSchema, element: XmlTree, namespace: string, path: string): unknown {
  if (schema.properties) return readObject(schema, schema.properties, element, namespace, path)
  if (schema.patternProperties) return readMap(element, namespace, path)
  if (element.children.length > 0) throw refused(path, 'it holds elements where a text should be')
  noAttributes(element, path)
  return schema.type === 'integer' ? readInteger(element.text, path) : element.text
}

function readObject(
  schema: JsonSchema,
  properties: Readonly<Record<string, JsonSchema>>,
  element: XmlTree,
  namespace: string,
  path: string,
): unknown {
  noAttributes(element, path)
  noText(element, path)
  const value: Record<string, unknown> = {}
  for (const child of element.children) {
    const type =
      child.namespace === namespace && Object.hasOwn(properties, child.name) ? properties[child.name] : undefined
    const childPath = `${path}/${child.name}`
    if (type === undefined) throw refused(childPath, 'the schema knows no such element there')
    const { items } = type
    const before = value[child.name]
    if (items === undefined) {
      if (before !== undefined) throw refused(childPath, 'it may come once only')
      value[child.name] = readValue(type, child, namespace, childPath)
    } else {
      const item = readValue(items, child, namespace, childPath)
      if (Array.isArray(before)) before.push(item)
      else value[child.name] = [item]
    }
  }
  for (const name of schema.required ?? []) {
    const mayBeEmpty = properties[name]?.items && !properties[name].minItems
    if (mayBeEmpty && value[name] === undefined) value[name] = []
  }
  return value
}

function readMap(element: XmlTree, namespace: string, path: string): unknown {
  noAttributes(element, path)
  noText(element, path)
  const pairs = element.children.map((child) => {
    const key = child.attributes.find((attribute) => attribute.name === 'key' && attribute.namespace === '')?.value
    const good = child.name === 'entry' && child.namespace === namespace && child.attributes.length === 1
    if (!good || key === undefined || child.children.length > 0) {
      throw refused(`${path}/${child.name}`, 'it should be an entry with a key and a text')
    }
    return [key, child.text] as const
  })
  return Object.fromEntries(pairs)
}

function readInteger(text: string, path: string): number {
  const number = /^\s*[+-]?[0-9]+\s*$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(number)) throw refused(path, 'it is not a whole number')
  return number
}

function noAttributes(element: XmlTree, path: string): void {
  const foreign = element.attributes.find((attribute) => !isSchemaLocation(attribute))
  if (foreign) throw refused(`${path}/@${foreign.name}`, 'the schema knows no such attribute there')
}

function isSchemaLocation({ namespace, name }: XmlTreeAttribute): boolean {
  return namespace === 'http://www.w3.org/2001/XMLSchema-instance' && name === 'schemaLocation'
}

function noText(element: XmlTree, path: string): void {
  if (element.text.trim() !== '') throw refused(path, 'it holds text where only elements should be')
}

function refused(path: string, problem: string): PortreeveError {
  return new PortreeveError('PRV_MODEL_XML', { path, problem })
}
