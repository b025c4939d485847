import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Mapping, MappingTarget } from './mapping.ts'
import { openMapping } from './open-mapping.ts'
import type { Script } from './script.ts'
import { ScriptEngine } from './script-engine.ts'
import { requested, requestedBody, stylesheet } from './testing/change-of-address.ts'

const from = 'customer.address-update.requested'
const engine = new ScriptEngine()
afterAll(() => engine[Symbol.asyncDispose]())

async function opened(script: Script, to: MappingTarget): Promise<Mapping> {
  const mapping = await openMapping({ name: 'it', from, to, script }, engine)
  if ('fault' in mapping) throw new Error(mapping.fault.sentence)
  return mapping
}

const copyAll =
  '<xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template>'

describe('to a canonical type', () => {
  it('gives its JSON form, from JSONata and from XSLT alike', async () => {
    const jsonata = await opened({ language: 'jsonata', text: '$' }, { type: from })
    const xslt = await opened({ language: 'xslt', text: stylesheet(copyAll) }, { type: from })
    for (const mapping of [jsonata, xslt]) {
      const { body, contentType } = await mapping.map(requestedBody)
      expect(contentType).toBe('application/json')
      expect(JSON.parse(Buffer.from(body).toString())).toEqual(requested)
    }
  })

  it('is refused where the result is not of that type, without telling what is in it', async () => {
    const text = '$merge([$, {"movedOn": person.personFamilyName}])'
    const mapping = await opened({ language: 'jsonata', text }, { type: from })
    const failed = mapping.map(requestedBody)
    await expect(failed).rejects.toMatchObject({
      code: 'PRV_MAPPINGS_OUTPUT',
      failureClass: 'message-bad',
      details: { mapping: 'it', type: from, path: '/movedOn' },
    })
    await expect(failed).rejects.not.toThrow(/Tester/)
    expect((await mapping.try(requestedBody)).problems).toMatchObject([{ path: '/movedOn', value: "O'Tester" }])
  })

  it('is refused where the XML is not its form', async () => {
    const text = stylesheet(
      '<xsl:template match="/"><p:addressUpdateRequested><p:sistem/></p:addressUpdateRequested></xsl:template>',
    )
    const mapping = await opened({ language: 'xslt', text }, { type: from })
    await expect(mapping.map(requestedBody)).rejects.toMatchObject({
      code: 'PRV_MAPPINGS_OUTPUT',
      details: { path: '/addressUpdateRequested/sistem' },
    })
  })
})

describe("to a shape of the council's own", () => {
  const schema = { type: 'object', properties: { name: { type: 'string', maxLength: 8 } }, required: ['name'] }

  it('is checked by its JSON Schema', async () => {
    const to: MappingTarget = { type: 'crm.case.wanted', schema: { kind: 'json', schema } }
    const text = '{"name": person.personFamilyName}'
    const mapping = await opened({ language: 'jsonata', text }, to)
    expect(Buffer.from((await mapping.map(requestedBody)).body).toString()).toBe(`{"name":"O'Tester"}`)
    const long = Buffer.from(
      JSON.stringify({ ...requested, person: { ...requested.person, personFamilyName: 'x'.repeat(9) } }),
    )
    await expect(mapping.map(long)).rejects.toMatchObject({ code: 'PRV_MAPPINGS_OUTPUT', details: { path: '/name' } })
  })

  it('is checked by its XML Schema', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portreeve-mapping-'))
    const xsd = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="Case"><xs:complexType><xs:sequence>
<xs:element name="Name"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="8"/></xs:restriction></xs:simpleType></xs:element>
</xs:sequence></xs:complexType></xs:element></xs:schema>`
    await writeFile(join(folder, 'case.xsd'), xsd)
    const text = (select: string) =>
      stylesheet(`<xsl:template match="/"><Case><Name><xsl:value-of select="${select}"/></Name></Case></xsl:template>`)
    const to: MappingTarget = { type: 'crm.case.wanted', schema: { kind: 'xsd', folder, file: 'case.xsd' } }
    using good = await opened({ language: 'xslt', text: text('//p:personFamilyName') }, to)
    expect(await good.map(requestedBody)).toMatchObject({ contentType: 'application/xml' })
    using bad = await opened({ language: 'xslt', text: text('//p:streetDescription') }, to)
    await expect(bad.map(requestedBody)).rejects.toMatchObject({ code: 'PRV_MAPPINGS_OUTPUT' })
    await rm(folder, { recursive: true })
  })

  it('may be text, and then nothing is checked', async () => {
    const text = stylesheet(
      '<xsl:output method="text"/><xsl:template match="/"><xsl:value-of select="concat(*/p:system, \'|\', */p:movedOn)"/></xsl:template>',
    )
    const mapping = await opened({ language: 'xslt', text }, { type: 'crm.line.wanted' })
    const { body, contentType } = await mapping.map(requestedBody)
    expect([Buffer.from(body).toString(), contentType]).toEqual(['crm|2026-11-01', 'text/plain'])
  })
})

it.each([
  ['no JSON', 'Wanda'],
  ['no JSON of that type', '{"person":"Wanda"}'],
])('maps no body that is %s, and tells nothing of it', async (_, body) => {
  const mapping = await opened({ language: 'xslt', text: stylesheet(copyAll) }, { type: from })
  const failed = mapping.map(Buffer.from(body))
  await expect(failed).rejects.toMatchObject({ code: 'PRV_MAPPINGS_STOPPED' })
  await expect(failed).rejects.not.toThrow(/Wanda/)
})

it.each([
  ['as a name', '//p:personFamilyName'],
  ['in the words of a fault', "concat('element ', //p:personFamilyName)"],
  ['in the form of a place', "concat('runtime error: file script.xsl line 19730719 element ', //p:personFamilyName)"],
])('tells nothing of what a stylesheet quotes when it ends itself, %s', async (_, select) => {
  const message = `<xsl:message terminate="yes"><xsl:value-of select="${select}"/></xsl:message>`
  const text = stylesheet(`<xsl:template match="/">${message}</xsl:template>`)
  const mapping = await opened({ language: 'xslt', text }, { type: from })
  const failed: unknown = await mapping.map(requestedBody).catch((error: unknown) => error)
  expect(failed).toMatchObject({ code: 'PRV_MAPPINGS_STOPPED' })
  expect(JSON.stringify(failed) + String(failed)).not.toMatch(/Tester|19730719/)
})

it('tells the limit that a message met', async () => {
  const mapping = await opened({ language: 'jsonata', text: '$count([1..9000000])' }, { type: 'crm.line.wanted' })
  await expect(mapping.map(requestedBody)).rejects.toMatchObject({ code: 'PRV_MAPPINGS_LIMIT', status: 413 })
})

it('gives the same bytes for the same message, in this thread and in the next', async () => {
  const jsonata = { language: 'jsonata', text: '{"all": $, "keys": $keys(person), "n": $count(household)}' } as const
  const xslt = {
    language: 'xslt',
    text: stylesheet('<xsl:template match="/"><a id="{generate-id(*)}"><xsl:copy-of select="*"/></a></xsl:template>'),
  } as const
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((text) => !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text))
  for (const script of [jsonata, xslt]) {
    const mapping = await opened(script, { type: 'crm.case.wanted' })
    await fc.assert(
      fc.asyncProperty(name, async (personFamilyName) => {
        const body = Buffer.from(JSON.stringify({ ...requested, person: { ...requested.person, personFamilyName } }))
        await using other = new ScriptEngine()
        const again = await openMapping({ name: 'it', from, to: { type: 'crm.case.wanted' }, script }, other)
        if ('fault' in again) throw new Error(again.fault.sentence)
        const [one, two, three] = [await mapping.map(body), await mapping.map(body), await again.map(body)]
        expect(Buffer.from(two.body)).toEqual(Buffer.from(one.body))
        expect(Buffer.from(three.body)).toEqual(Buffer.from(one.body))
      }),
      { numRuns: 8 },
    )
  }
})
