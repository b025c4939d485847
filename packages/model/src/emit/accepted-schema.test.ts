import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import { addressChangeSchema } from '../customer/address-change.ts'
import { acceptedSchema } from './accepted-schema.ts'
import { emitJsonSchema, type JsonSchema } from './json-schema.ts'

const accepted = acceptedSchema(addressChangeSchema)

function texts(schema: JsonSchema, path = ''): readonly (readonly [string, JsonSchema])[] {
  const inside = [...Object.entries(schema.properties ?? {}), ...(schema.items ? [['0', schema.items] as const] : [])]
  if (schema.type === 'string') return [[path, schema]]
  return inside.flatMap(([name, part]) => texts(part, `${path}/${name}`))
}

it.each(texts(accepted))('%s takes no control character, and no text without end', (_path, schema) => {
  for (const text of ['A\r\nBcc: eve', 'A\nB', 'A\0B', 'A\u001b[2J', 'A\tB', 'A\u0085B', 'A'.repeat(1000)]) {
    expect(Value.Check({ ...schema }, text), JSON.stringify(text)).toBe(false)
  }
})

it('leaves the canonical schema as open as its sources are', () => {
  const { properties } = emitJsonSchema(addressChangeSchema)
  expect(properties?.newAddress?.properties?.streetDescription?.pattern).toBeUndefined()
})
