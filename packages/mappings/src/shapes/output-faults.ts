import type { JsonSchema } from '@portreeve/model'
import type { Shape } from './shape.ts'
import type { ShapeFault } from './shape-fault.ts'

/** A fault and the offset in the script where the object is made. */
export interface OutputFault extends Omit<ShapeFault, 'place'> {
  readonly at: number
}

/** Where an object that a script makes lacks what its schema requires, or has what it does not know. */
export function outputFaults(shape: Shape, schema: JsonSchema, path = ''): readonly OutputFault[] {
  if (schema.items) return outputFaults(shape, schema.items, path)
  if (shape.kind === 'either') return shape.shapes.flatMap((one) => outputFaults(one, schema, path))
  const { properties } = schema
  if (shape.kind !== 'object' || !properties) return []
  const { members, open, madeAt } = shape
  const inner = [...members].flatMap(([name, member]) => {
    const below = properties[name]
    return below ? outputFaults(member, below, `${path}/${name}`) : []
  })
  if (madeAt === undefined) return inner
  const missing = open ? [] : (schema.required ?? []).filter((name) => !members.has(name))
  const unknown =
    schema.additionalProperties === false ? [...members.keys()].filter((name) => !(name in properties)) : []
  const where = path === '' ? 'what the mapping makes' : path
  return [
    ...missing.map((name): OutputFault => {
      const remedy = `Add "${name}"${described(properties[name])}.`
      return {
        kind: 'missing-field',
        sentence: `"${name}" is left out of ${where}, which must have it.`,
        remedy,
        at: madeAt,
      }
    }),
    ...unknown.map((name): OutputFault => {
      const remedy = `Use one of: ${Object.keys(properties).join(', ')}.`
      return { kind: 'unknown-field', sentence: `"${name}" is no field of ${where}.`, remedy, at: madeAt }
    }),
    ...inner,
  ]
}

function described(schema: JsonSchema | undefined): string {
  return schema?.description ? `: ${schema.description.replace(/\.$/, '')}` : ''
}
