// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the syntax of references.
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { editorSchemas } from './editor-schema.ts'
import { exampleAdapters } from './testing/example-adapters.ts'
import { goodBroker, goodDelivery, goodProcess, goodSplit } from './testing/lint-example.ts'

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true })
ajv.addKeyword('secret')
addFormats.default(ajv)
const schemas = editorSchemas(exampleAdapters)
for (const [name, schema] of schemas) ajv.addSchema(schema, `${name}.schema.json`)

/** By the schema of its kind and by the one for all, which are to agree. */
function accepts(kind: string, text: string): boolean {
  const answers = [kind, 'portreeve'].map((name) => ajv.validate(`${name}.schema.json`, parse(text)))
  expect(new Set(answers).size, 'both schemas agree').toBe(1)
  return answers[0] === true
}

describe('the schemas for editors', () => {
  it('accept what the linter accepts', () => {
    expect(accepts('config', goodBroker)).toBe(true)
    expect(accepts('config', goodProcess['broker.yaml'])).toBe(true)
    expect(accepts('route', goodSplit)).toBe(true)
    expect(accepts('route', goodDelivery)).toBe(true)
    expect(accepts('process', goodProcess['processes/once.yaml'])).toBe(true)
    expect(accepts('quality', goodProcess['quality/change.yaml'])).toBe(true)
    expect(accepts('mapping', 'from: a.b.c\nto: a.b.d\nlanguage: jsonata\nscript: $\n')).toBe(true)
    expect(accepts('record-layout', 'format: csv\nfields: [{ name: a }]\n')).toBe(true)
    expect(accepts('route-test', 'cases: [{ name: a, given: [{ after: 1 day }], expect: { emails: [] } }]\n')).toBe(
      true,
    )
  })

  it('know each adapter with its own keys', () => {
    expect(accepts('config', goodBroker.replace('inboxFolder', 'baseUrl'))).toBe(false)
    expect(accepts('config', goodBroker.replace('adapter: desk', 'adapter: des'))).toBe(false)
    expect(accepts('config', goodBroker.replace('  office:', '  Office:'))).toBe(false)
    expect(accepts('route', 'from: valuation.report.proposed\n')).toBe(false)
  })

  it('let a text come from outside, and a secret from nowhere else', () => {
    const office = (from: string, to: string) => accepts('config', goodBroker.replace(from, to))
    expect(office('https://bureau.example', '${env:OFFICE_URL}')).toBe(true)
    expect(office('https://bureau.example', 'bureau')).toBe(false)
    expect(office('${env:OFFICE_PASSWORD}', 'correct horse')).toBe(false)
  })

  it('of all kinds chooses by the key that a file has, and offers those keys in one that says nothing yet', () => {
    expect(accepts('process', goodProcess['processes/once.yaml'].replace('systems:', 'system:'))).toBe(false)
    expect(accepts('route', 'from: a.b.c\n')).toBe(false)
    const { $defs } = schemas.get('portreeve') as { $defs: { begun: { properties: object } } }
    expect(Object.keys($defs.begun.properties)).toEqual([
      'cases',
      'startsWith',
      'rules',
      'fields',
      'script',
      'authority',
      'from',
    ])
    for (const text of ['{}', 'colour: green', '[]']) {
      expect(ajv.validate('portreeve.schema.json', parse(text)), text).toBe(false)
    }
  })

  it('describe every key', () => {
    expect(undescribed(schemas.get('portreeve'), 'portreeve')).toEqual([])
  })
})

function undescribed(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own = 'properties' in schema && typeof schema.properties === 'object' ? (schema.properties ?? {}) : {}
  const bare = Object.entries(own).filter(([, value]) => typeof value === 'object' && !('description' in value))
  return [
    ...bare.map(([key]) => `${path}.${key}`),
    ...Object.entries(schema).flatMap(([key, value]) => undescribed(value, `${path}.${key}`)),
  ]
}
