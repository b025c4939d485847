import type { JsonSchema } from '@portreeve/model'

/** What a value may look like, as far as that can be known of a script. A list is as one of its items, as JSONata has it. */
export type Shape = UnknownShape | PlainShape | ObjectShape | EitherShape

/** Nothing is known: nothing is said of it. */
export interface UnknownShape {
  readonly kind: 'unknown'
}

/** A text, a number, true or false. */
export interface PlainShape {
  readonly kind: 'plain'
}

export interface ObjectShape {
  readonly kind: 'object'
  /** What people call it, such as `newAddress`. */
  readonly name: string
  readonly members: ReadonlyMap<string, Shape>
  /** It may have members of other names. */
  readonly open: boolean
  /** Offset in the script of where it is made; absent for a part of the message. */
  readonly madeAt?: number
}

export interface EitherShape {
  readonly kind: 'either'
  readonly shapes: readonly Shape[]
}

export const unknown: UnknownShape = { kind: 'unknown' }
export const plain: PlainShape = { kind: 'plain' }

export function either(shapes: readonly Shape[]): Shape {
  const [first, ...more] = shapes.flatMap((shape) => (shape.kind === 'either' ? shape.shapes : [shape]))
  if (first === undefined) return unknown
  return more.length === 0 ? first : { kind: 'either', shapes: [first, ...more] }
}

/** The shape of what a canonical schema describes. */
export function shapeOf(schema: JsonSchema, name: string): Shape {
  if (schema.items) return shapeOf(schema.items, name)
  if (schema.patternProperties) return { kind: 'object', name, members: new Map(), open: true }
  if (!schema.properties) return schema.type === 'object' ? unknown : plain
  const members = Object.entries(schema.properties).map(([key, type]) => [key, shapeOf(type, key)] as const)
  return { kind: 'object', name, members: new Map(members), open: schema.additionalProperties !== false }
}

/** What the later one has takes the place of what the earlier one has. */
export function merged(shapes: readonly Shape[], madeAt: number): Shape {
  if (!shapes.every((shape) => shape.kind === 'object')) return unknown
  return {
    kind: 'object',
    name: 'what the script makes',
    members: new Map(shapes.flatMap(({ members }) => [...members])),
    open: shapes.some(({ open }) => open),
    madeAt,
  }
}
