import type { JsonSchema } from './json-schema.ts'
import type { XsdNode } from './markup.ts'

type MakeElement = (name: string, schema: JsonSchema, required: boolean) => XsdNode

/**
 * The elements of an object in the order of its properties. `anyOf` names properties of which at least one must be
 * there; XSD 1.0 has no word for that, so it is told as a choice of which of them comes first.
 */
export function contentModel(schema: JsonSchema, make: MakeElement): XsdNode[] {
  const required = new Set(schema.required)
  const properties = Object.entries(schema.properties ?? {})
  const oneOf = new Set((schema.anyOf ?? []).flatMap((alternative) => alternative.required))
  const plain = (from: number, to: number) =>
    properties.slice(from, to).map(([name, property]) => make(name, property, required.has(name)))
  const first = properties.findIndex(([name]) => oneOf.has(name))
  if (first < 0) return plain(0, properties.length)
  const end = properties.findLastIndex(([name]) => oneOf.has(name)) + 1

  const startingAt = (from: number): XsdNode[] => {
    const [name, property] = properties[from] ?? []
    if (name === undefined || property === undefined) return []
    if (!oneOf.has(name)) return [make(name, property, required.has(name)), ...startingAt(from + 1)]
    const here = [make(name, property, true), ...plain(from + 1, end)]
    return from + 1 === end
      ? here
      : [{ name: 'choice', children: [inSequence(here), inSequence(startingAt(from + 1))] }]
  }
  return [...plain(0, first), ...startingAt(first), ...plain(end, properties.length)]
}

function inSequence(nodes: readonly XsdNode[]): XsdNode {
  const [only] = nodes
  return nodes.length === 1 && only ? only : { name: 'sequence', children: nodes }
}
