import { rootElement } from '../emit/emit-xsd.ts'
import type { JsonSchema } from '../emit/json-schema.ts'
import type { BuildElement } from './xml-tree.ts'

/**
 * A canonical message in its XML form, valid by `emitXsd(schema)` whenever the value is valid by the schema. Which tree
 * it is made of is the caller's affair, and so are characters that XML has no place for: its writer refuses them.
 */
export function toXml<Element>(schema: JsonSchema, value: unknown, build: BuildElement<Element>): Element {
  const namespace = schema.$id ?? ''

  function element(name: string, type: JsonSchema, content: unknown): Element {
    if (type.properties) return build(namespace, name, [], members(type.properties, content, name), '')
    if (type.patternProperties) return build(namespace, name, [], entries(content, name), '')
    return build(namespace, name, [], [], textOf(content, name))
  }

  function members(properties: Readonly<Record<string, JsonSchema>>, content: unknown, path: string): Element[] {
    const values = objectOf(content, path)
    return Object.entries(properties).flatMap(([name, type]) => {
      const member = values[name]
      if (member === undefined) return []
      const { items } = type
      if (items === undefined) return [element(name, type, member)]
      if (!Array.isArray(member)) throw notOfSchema(name, 'a list')
      return member.map((item) => element(name, items, item))
    })
  }

  function entries(content: unknown, path: string): Element[] {
    return Object.entries(objectOf(content, path)).map(([key, text]) =>
      build(namespace, 'entry', [{ namespace: '', name: 'key', value: textOf(key, path) }], [], textOf(text, path)),
    )
  }

  return element(rootElement(schema), schema, value)
}

function textOf(content: unknown, path: string): string {
  if (typeof content !== 'string' && typeof content !== 'number') throw notOfSchema(path, 'a text or a number')
  return String(content)
}

function objectOf(content: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof content !== 'object' || content === null) throw notOfSchema(path, 'an object')
  return { ...content }
}

function notOfSchema(name: string, wanted: string): TypeError {
  return new TypeError(`${name} must be ${wanted}: validate a message before it is written as XML`)
}
