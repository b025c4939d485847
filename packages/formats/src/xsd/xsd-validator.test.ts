import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { elementsIn } from '../xml/elements-in.ts'
import { readXml } from '../xml/read-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { type XsdValidator, xsdValidator } from './xsd-validator.ts'

const namespace = 'urn:example:notices'
const n = elementsIn(namespace)

const types = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:example:types"
    xmlns="urn:example:types" elementFormDefault="qualified">
  <xs:simpleType name="Small"><xs:restriction base="xs:integer"><xs:maxInclusive value="99"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Code"><xs:restriction base="xs:string"><xs:enumeration value="A"/><xs:enumeration value="B"/></xs:restriction></xs:simpleType>
  <xs:element name="town" type="xs:string"/>
</xs:schema>`

const notices = (
  location: string,
) => `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:example:types"
    xmlns="${namespace}" targetNamespace="${namespace}" elementFormDefault="qualified">
  <xs:import namespace="urn:example:types" schemaLocation="${location}"/>
  <xs:element name="notices"><xs:complexType><xs:sequence>
    <xs:element name="notice" maxOccurs="unbounded"><xs:complexType><xs:sequence>
      <xs:element name="sent" type="xs:date"/>
      <xs:element name="code" type="t:Code" minOccurs="0"/>
      <xs:element name="count" type="t:Small" minOccurs="0"/>
      <xs:element name="line" minOccurs="0" maxOccurs="3"><xs:simpleType><xs:restriction base="xs:string">
        <xs:minLength value="1"/><xs:maxLength value="5"/><xs:pattern value="[A-Z]*"/></xs:restriction></xs:simpleType></xs:element>
      <xs:element ref="t:town" minOccurs="0"/>
    </xs:sequence><xs:attribute name="kind" type="t:Code" use="required"/></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`

let folder: string
let validator: XsdValidator

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-xsd-'))
  await mkdir(join(folder, 'types'))
  await writeFile(join(folder, 'types', 'types.xsd'), types)
  await writeFile(join(folder, 'notices.xsd'), notices('types/types.xsd'))
  validator = await xsdValidator({ folder, rootFile: 'notices.xsd' })
})

afterAll(async () => {
  validator[Symbol.dispose]()
  await rm(folder, { recursive: true })
})

const wrap = (records: readonly XmlElement[]) => n('notices', records)

/** A notice as it would come from line 7 of a file. */
function notice(inside: string, attributes = 'kind="A"'): XmlElement {
  const xml = `${'\n'.repeat(6)}<notice xmlns="${namespace}" xmlns:t="urn:example:types" ${attributes}>\n${inside}</notice>`
  return readXml(Buffer.from(xml))
}

function problemsOf(element: XmlElement) {
  return validator.validateRecords([{ element, path: '/notices/notice[41]' }], wrap)[0] ?? []
}

describe('xsdValidator', () => {
  it('finds nothing in a valid record', () => {
    const inside = '<sent>2026-01-31</sent><code>B</code><count>7</count><line>AB</line><t:town>Sallowmere</t:town>'
    expect(problemsOf(notice(inside))).toEqual([])
  })

  it.each([
    [
      '<sent>31/01/2026</sent>',
      '/sent',
      8,
      'type date',
      "sent must be a date such as 2026-01-31; it says '31/01/2026'. Correct it.",
    ],
    [
      '<sent>2026-01-31</sent>\n<code>C</code>',
      '/code',
      9,
      'enumeration',
      "code must be one of 'A', 'B'; it says 'C'. Choose another.",
    ],
    [
      '<sent>2026-01-31</sent><count>100</count>',
      '/count',
      8,
      'maxInclusive 99',
      "count must be at most 99; it says '100'. Correct it.",
    ],
    [
      '<sent>2026-01-31</sent><count>x</count>',
      '/count',
      8,
      'type integer',
      "count must be a whole number; it says 'x'. Correct it.",
    ],
    [
      '<sent>2026-01-31</sent><line>A</line><line>ABCDEF</line>',
      '/line[2]',
      8,
      'maxLength 5',
      'line may have at most 5 characters; it has 6. Shorten it.',
    ],
    ['<sent>2026-01-31</sent><line/>', '/line', 8, 'minLength 1', 'line is empty. Fill it in.'],
    [
      '<sent>2026-01-31</sent><line>a</line>',
      '/line',
      8,
      'pattern',
      "line is not in a form that is allowed; it says 'a'. Correct it to fit the pattern [A-Z]*.",
    ],
    [
      '<code>A</code>',
      '/code',
      8,
      'element order',
      'code stands where sent is expected. Add what is missing before it, or take code out.',
    ],
    ['', '', 7, 'required element', 'notice lacks sent. Add it.'],
    [
      '<sent>2026-01-31</sent><t:town>A</t:town><t:town>B</t:town>',
      '/town[2]',
      8,
      'element order',
      'town may not stand here, or not again. Take it out.',
    ],
    [
      '<sent x="1">2026-01-31</sent>',
      '/sent',
      8,
      'attribute not allowed',
      'sent has the attribute x, which it may not have. Take it out.',
    ],
  ])('tells of %s by path, line, rule and sentence', (inside, path, line, rule, sentence) => {
    expect(problemsOf(notice(inside))).toMatchObject([
      { code: 'PRV_FORMATS_SCHEMA', path: `/notices/notice[41]${path}`, line, rule, sentence },
    ])
  })

  it('takes white space around a date, as XML Schema does, and still sees what is wrong beside it', () => {
    expect(problemsOf(notice('<sent>\n  2026-01-31\t</sent>'))).toEqual([])
    const problems = problemsOf(notice('<sent> 2026-01-31 </sent><count>100</count>\n<line>abc </line>'))
    expect(problems).toMatchObject([
      { path: '/notices/notice[41]/count', line: 8 },
      { path: '/notices/notice[41]/line', line: 9, value: 'abc ' },
    ])
    expect(problemsOf(notice('<sent> soon </sent>'))).toMatchObject([{ rule: 'type date', value: ' soon ' }])
  })

  it('tells of an attribute with its path and value', () => {
    expect(problemsOf(notice('<sent>2026-01-31</sent>', 'kind="Z"'))).toMatchObject([
      { path: '/notices/notice[41]/@kind', rule: 'enumeration', value: 'Z' },
    ])
    expect(problemsOf(notice('<sent>2026-01-31</sent>', ''))).toMatchObject([
      { path: '/notices/notice[41]', rule: 'required attribute', sentence: 'notice lacks the attribute kind. Add it.' },
    ])
  })

  it('keeps apart the problems of many records that are checked together', () => {
    const good = n('notice', [n('sent', '2026-01-31')], { kind: 'A' })
    const bad = n('notice', [n('sent', '')], { kind: 'B' })
    const worse = n('notice', [n('sent', 'soon'), n('count', '1000')], { kind: 'B' })
    const records = [good, bad, good, worse].map((element, index) => ({ element, path: `/r[${index + 1}]` }))
    const found = validator.validateRecords(
      records.map(({ element, path }) => ({
        element: n(element.name, element.children, { kind: element.attribute('kind') }),
        path,
      })),
      wrap,
    )
    expect(found.map((problems) => problems.map(({ path }) => path))).toEqual([
      [],
      ['/r[2]/sent'],
      [],
      ['/r[4]/sent', '/r[4]/count'],
    ])
  })

  it('checks a whole document and counts its records from 1', () => {
    const document = n('notices', [
      n('notice', [n('sent', '2026-01-31')], { kind: 'A' }),
      n('notice', [], { kind: 'A' }),
    ])
    expect(validator.validate(document)).toMatchObject([{ path: '/notices/notice[2]', rule: 'required element' }])
    expect(validator.validate(n('other'))).toMatchObject([{ path: '/other', rule: 'root element' }])
  })

  it.each([
    ['outside the folder', '../types.xsd'],
    ['on the network', 'https://example.org/types-of-another.xsd'],
    ['that is missing', 'missing.xsd'],
    ['by an absolute path', 'file:///etc/types-of-another.xsd'],
  ])('refuses a schema that includes a file %s', async (_where, location) => {
    await writeFile(join(folder, 'broken.xsd'), notices(location))
    await writeFile(join(folder, '..', 'portreeve-outside.xsd'), types)
    const failure = await xsdValidator({ folder, rootFile: 'broken.xsd' }).catch((error: unknown) => error)
    await rm(join(folder, '..', 'portreeve-outside.xsd'))
    expect(failure).toMatchObject({ code: 'PRV_FORMATS_SCHEMA_UNUSABLE' })
  })

  it('reads what it is given in place of a file of the folder', async () => {
    const inPlaceOf = new Map([['types/types.xsd', new TextEncoder().encode(types.replace('value="B"', 'value="C"'))]])
    using other = await xsdValidator({ folder, rootFile: 'notices.xsd', inPlaceOf })
    const rulesOf = (kind: string) => {
      const notice = `<notice kind="${kind}"><sent>2026-03-02</sent></notice>`
      return other.validate(readXml(new TextEncoder().encode(`<notices xmlns="${namespace}">${notice}</notices>`)))
    }
    expect([rulesOf('C').length, rulesOf('B').length]).toEqual([0, 1])
  })

  it('does not follow a link out of the folder', async () => {
    await writeFile(join(folder, '..', 'portreeve-linked.xsd'), types)
    await symlink(join(folder, '..', 'portreeve-linked.xsd'), join(folder, 'linked.xsd'))
    await writeFile(join(folder, 'links.xsd'), notices('linked.xsd'))
    await expect(xsdValidator({ folder, rootFile: 'links.xsd' })).rejects.toThrow('linked.xsd is not in the folder')
    await rm(join(folder, '..', 'portreeve-linked.xsd'))
  })

  it('refuses a file that is no schema, a schema that is missing, and a folder that is missing', async () => {
    await writeFile(join(folder, 'no-schema.xsd'), '<a/>')
    for (const options of [
      { folder, rootFile: 'no-schema.xsd' },
      { folder, rootFile: 'nowhere.xsd' },
      { folder: join(folder, 'nowhere'), rootFile: 'a.xsd' },
    ]) {
      await expect(xsdValidator(options)).rejects.toMatchObject({ code: 'PRV_FORMATS_SCHEMA_UNUSABLE' })
    }
  })
})
