import { join } from 'node:path'
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

  it('tells of every field what it is', () => {
    expect(undescribed(schema)).toEqual([])
  })
})

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

function undescribed(schema: JsonSchema, path = ''): string[] {
  return Object.entries({ ...schema.properties, ...(schema.items && { items: schema.items }) }).flatMap(
    ([name, property]) => [
      ...(property.description?.endsWith('.') ? [] : [`${path}/${name}`]),
      ...undescribed(property, `${path}/${name}`),
    ],
  )
}
