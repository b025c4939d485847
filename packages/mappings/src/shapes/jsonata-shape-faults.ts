import type { JsonSchema } from '@portreeve/model'
import { type SyntaxNode, startOf } from '../jsonata/syntax-tree.ts'
import { placeAt } from '../script.ts'
import { infer } from './infer-shape.ts'
import { outputFaults } from './output-faults.ts'
import { Scope } from './scope.ts'
import { either, type Shape, shapeOf, unknown } from './shape.ts'
import type { ShapeFault } from './shape-fault.ts'

export interface JsonataShapes {
  /** Of a script that compiles. */
  readonly tree: SyntaxNode
  readonly text: string
  /** Of what it reads. */
  readonly from: JsonSchema
  /** Of what it makes; absent where nothing is known of it. */
  readonly to?: JsonSchema
}

/**
 * Fields that a script reads and that a message never has, and fields that it leaves out or makes up, as far as that is to be
 * seen without running it. In the order of the places.
 */
export function jsonataShapeFaults({ tree, text, from, to }: JsonataShapes): readonly ShapeFault[] {
  const found: ShapeFault[] = []
  const start = (node: SyntaxNode) => startOf(node, text)
  const root = shapeOf(from, 'the message')
  const made = infer(tree, root, new Scope(), {
    root,
    startOf: start,
    field(context, node) {
      const name = String(node.value)
      const shape = fieldOf(context, name)
      if (shape !== undefined) return shape
      found.push(unknownField(context, name, placeAt(text, start(node))))
      return unknown
    },
  })
  if (to) found.push(...outputFaults(made, to).map(({ at, ...fault }) => ({ ...fault, place: placeAt(text, at) })))
  return found.toSorted((one, other) => lineOf(one) - lineOf(other))
}

/** `undefined` when nothing of that shape has such a field. */
function fieldOf(context: Shape, name: string): Shape | undefined {
  if (context.kind === 'unknown') return unknown
  if (context.kind === 'plain') return undefined
  if (context.kind === 'object') return context.members.get(name) ?? (context.open ? unknown : undefined)
  const shapes = context.shapes.flatMap((shape) => fieldOf(shape, name) ?? [])
  return shapes.length > 0 ? either(shapes) : undefined
}

function unknownField(context: Shape, name: string, place: ReturnType<typeof placeAt>): ShapeFault {
  const objects = (context.kind === 'either' ? context.shapes : [context]).filter((shape) => shape.kind === 'object')
  const names = [...new Set(objects.flatMap(({ members }) => [...members.keys()]))]
  const owner = objects[0]?.name
  return {
    kind: 'unknown-field',
    sentence: owner === undefined ? `A text or a number has no field "${name}".` : `"${name}" is no field of ${owner}.`,
    remedy: names.length > 0 ? `Use one of: ${names.join(', ')}.` : 'Take it out: there is nothing below it.',
    place,
  }
}

function lineOf({ place }: ShapeFault): number {
  return (place?.line ?? 0) * 10_000 + (place?.column ?? 0)
}
