// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the syntax of references.
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { editorSchemas } from './editor-schema.ts'
import { exampleAdapters } from './testing/example-adapters.ts'
import { goodBroker, goodDelivery, goodSplit } from './testing/lint-example.ts'

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true })
ajv.addKeyword('secret')
addFormats.default(ajv)
const { config, route, routeTest } = editorSchemas(exampleAdapters)

describe('the schemas for editors', () => {
  it('accept what the linter accepts', () => {
    expect(ajv.validate(config, parse(goodBroker))).toBe(true)
    expect(ajv.validate(route, parse(goodSplit))).toBe(true)
    expect(ajv.validate(route, parse(goodDelivery))).toBe(true)
  })

  it('know each adapter with its own keys', () => {
    expect(ajv.validate(config, parse(goodBroker.replace('inboxFolder', 'baseUrl')))).toBe(false)
    expect(ajv.validate(config, parse(goodBroker.replace('adapter: desk', 'adapter: des')))).toBe(false)
    expect(ajv.validate(config, parse(goodBroker.replace('  office:', '  Office:')))).toBe(false)
    expect(ajv.validate(route, parse('from: valuation.report.proposed\n'))).toBe(false)
  })

  it('let a text come from outside, and a secret from nowhere else', () => {
    const office = (from: string, to: string) => ajv.validate(config, parse(goodBroker.replace(from, to)))
    expect(office('https://bureau.example', '${env:OFFICE_URL}')).toBe(true)
    expect(office('https://bureau.example', 'bureau')).toBe(false)
    expect(office('${env:OFFICE_PASSWORD}', 'correct horse')).toBe(false)
  })

  it('describe every key', () => {
    expect([
      ...undescribed(config, 'config'),
      ...undescribed(route, 'route'),
      ...undescribed(routeTest, 'route test'),
    ]).toEqual([])
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
