import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JsonSchema } from '@portreeve/model'
import { describe, expect, it } from 'vitest'
import { canonicalSchemas, goldenFolder } from '../support/canonical-schemas.ts'
import { damages } from '../support/json-damage.ts'

describe.each(canonicalSchemas)('golden: canonical schema $name', ({ name, schema, validate, example }) => {
  it('passes its example, which leaves out nothing that the schema knows', () => {
    expect(validate(example), JSON.stringify(validate.errors)).toBe(true)
    expect(missingFrom(schema, example)).toEqual([])
  })

  it('refuses every damage of it with the same rule at the same place as ever', async () => {
    const verdicts = [...damages(example)].map(({ what, value }) => {
      if (validate(value)) return `${what} -> passes`
      const rules = validate.errors?.map(({ keyword, instancePath }) => `${keyword} at ${instancePath || '/'}`)
      return `${what} -> ${[...new Set(rules)].join(', ')}`
    })
    expect(verdicts.length).toBeGreaterThan(3)
    await expect(`${verdicts.join('\n')}\n`).toMatchFileSnapshot(join(goldenFolder, name, 'damages.txt'))
  })

  it('tells of every field what it is, and which standard or whether Portreeve says so', () => {
    expect(undescribed(schema)).toEqual([])
  })

  it.skipIf(!existsSync(publishedSchemas))(
    'names places that the published Valuebill schema has [needs shared data]',
    () => expect(descriptions(schema).flatMap(citations).filter(isUnknown)).toEqual([]),
  )
})

const publishedSchemas = fileURLToPath(new URL('../../../shared/data/valuebill/xsd', import.meta.url))

function descriptions(schema: JsonSchema): string[] {
  return [schema.description ?? '', ...Object.values(membersOf(schema)).flatMap(descriptions)]
}

/** Of `VBcommon-v3-1d, MonetaryStructure/@Currency` each name with its file. */
function citations(description: string): { readonly file: string; readonly name: string }[] {
  return [...description.matchAll(/([A-Z]\w+-v\d-\d\w?), ([\w@/]+)/g)].flatMap(([, file = '', place = '']) =>
    place.split('/').map((name) => ({ file, name: name.replace('@', '') })),
  )
}

function isUnknown({ file, name }: { readonly file: string; readonly name: string }): boolean {
  const published = readFileSync(join(publishedSchemas, `${file}.xsd`), 'utf8')
  return !new RegExp(`(name|ref)="(\\w+:)?${name}"`).test(published)
}

/** Members of a shape that no part of the example has; a shape that occurs in two places counts as one. */
function missingFrom(schema: JsonSchema, example: unknown): string[] {
  const known = new Set<string>()
  const seen = new Set<string>()
  walk(schema, example)
  return [...known].filter((member) => !seen.has(member))

  function walk(type: JsonSchema, value: unknown): void {
    const { description: _description, ...shape } = type
    for (const [name, property] of Object.entries(type.properties ?? {})) {
      const member = `${name} of ${JSON.stringify(shape)}`
      known.add(member)
      const here =
        typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name) : null
      if (here) seen.add(member)
      if (property.items && Array.isArray(here?.[1])) for (const item of here[1]) walk(property.items, item)
      else walk(property.items ?? property, here?.[1])
    }
  }
}

/** A standard and a place in it, as in `BS7666-v2-0, Locality`, or our own word. */
const source =
  /(ValuebillBAtoVOA-v3-1d|VB(common|codes)-v3-1d|BS7666-v2-0|(Contact|PersonDescriptive)Types-v1-[13]|AddressTypes-v2-0|CloudEvents 1\.0|RFC 3339), @?\w|\bPortreeve\b/

function undescribed(schema: JsonSchema, path = ''): string[] {
  return Object.entries(membersOf(schema)).flatMap(([name, { description = '', ...property }]) => [
    ...(description.endsWith('.') && source.test(description) ? [] : [`${path}/${name}: ${description}`]),
    ...undescribed(property, `${path}/${name}`),
  ])
}

function membersOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return { ...schema.properties, ...schema.patternProperties, ...(schema.items && { items: schema.items }) }
}
