import type { JsonSchema } from '@portreeve/model'
import fc from 'fast-check'

/** Values that a canonical schema passes, made of texts that XML can hold. */
export function canonicalArbitrary(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.properties) return objects(schema, schema.properties)
  if (schema.patternProperties) return fc.dictionary(text(1, 12), text(0, 12), { maxKeys: 3, noNullPrototype: true })
  if (schema.items) {
    return fc.array(canonicalArbitrary(schema.items), { minLength: schema.minItems ?? 0, maxLength: 3 })
  }
  if (schema.type === 'integer') return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1_000_000 })
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern))
  return text(schema.minLength ?? 0, schema.maxLength ?? 20)
}

function objects(schema: JsonSchema, properties: Readonly<Record<string, JsonSchema>>): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(Object.entries(properties).map(([name, type]) => [name, canonicalArbitrary(type)]))
  return fc
    .record(members, { requiredKeys: [...(schema.required ?? [])], noNullPrototype: true })
    .filter((value) => schema.anyOf?.some(({ required }) => required.every((name) => name in value)) ?? true)
}

/** Any characters of XML 1.0, white space and markup among them. Lengths count code points, as both schemas do. */
function text(minLength: number, maxLength: number): fc.Arbitrary<string> {
  const character = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...' \t\n\r<>&"\']]>{}éŵ€£🏠') },
    { weight: 7, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter(isXml) },
  )
  return fc.array(character, { minLength, maxLength }).map((characters) => characters.join(''))
}

function isXml(character: string): boolean {
  return /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]$/u.test(character)
}
