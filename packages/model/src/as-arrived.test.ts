import { describe, expect, it } from 'vitest'
import { bs7666AddressSchema } from './address/bs7666-address.ts'
import { asArrived } from './as-arrived.ts'
import { emitJsonSchema, type JsonSchema } from './emit/json-schema.ts'

const strict = emitJsonSchema(bs7666AddressSchema)
const lenient = emitJsonSchema(asArrived(bs7666AddressSchema, 'As it came.'))

function shapes(schema: JsonSchema, path = ''): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    `${path}/${name}: ${property.type}`,
    ...shapes(property, `${path}/${name}`),
  ])
}

function keywords(schema: JsonSchema): string[] {
  return [...Object.keys(schema), ...Object.values(schema.properties ?? {}).flatMap(keywords)]
}

describe('a schema as things arrived', () => {
  it('has the same members of the same types, in the same order', () => {
    expect(shapes(lenient)).toEqual(shapes(strict))
    expect(shapes(lenient)).toContain('/saon/startRange/number: string')
  })

  it('demands nothing of them and still knows no others', () => {
    expect(new Set(keywords(lenient))).toEqual(
      new Set(['$schema', 'additionalProperties', 'description', 'properties', 'title', 'type']),
    )
    expect(keywords(strict)).toEqual(expect.arrayContaining(['required', 'pattern', 'anyOf', 'maxLength']))
    expect(lenient.description).toBe('As it came.')
  })
})
