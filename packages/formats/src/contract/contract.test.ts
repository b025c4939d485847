import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { jsonFormat } from '../json/json-format.ts'
import { elementsIn } from '../xml/elements-in.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { type XmlFormatOptions, xmlFormat } from '../xml/xml-format.ts'
import { xsdValidator } from '../xsd/xsd-validator.ts'
import { messageFormatContract } from './message-format-contract.ts'

interface Notice {
  readonly sent: string
  readonly lines: readonly string[]
}

const values: readonly Notice[] = [
  { sent: '2026-01-31', lines: ['1 Fish & Chip Row', 'Sallowmere'] },
  { sent: '2026-02-01', lines: [] },
  { sent: '2026-02-02', lines: ['<é €> \r\n\t"quoted" 𝄞'] },
]

const namespace = 'urn:example:notices'
const n = elementsIn(namespace)

const xml: XmlFormatOptions<Notice> = {
  layout: { root: { namespace, name: 'notices' }, record: { namespace, name: 'notice' } },
  wrap: (records) => n('notices', records),
  fromElement: (record: XmlElement, path) => {
    const sent = record.childText(namespace, 'sent')
    if (sent !== undefined)
      return { value: { sent, lines: record.childrenNamed(namespace, 'line').map(({ text }) => text) } }
    const sentence = 'The notice has no date. Add it.'
    return { problems: [{ code: 'EXAMPLE_NO_DATE', path: `${path}/sent`, rule: 'sent is needed', sentence }] }
  },
  toElement: ({ sent, lines }) => n('notice', [n('sent', sent), ...lines.map((line) => n('line', line))]),
}

const xsd = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${namespace}" elementFormDefault="qualified">
  <xs:element name="notices"><xs:complexType><xs:sequence><xs:element name="notice" maxOccurs="unbounded"><xs:complexType>
    <xs:sequence><xs:element name="sent" type="xs:date"/>
      <xs:element name="line" type="xs:string" minOccurs="0" maxOccurs="9"/></xs:sequence>
  </xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
</xs:schema>`

const folder = mkdtempSync(join(tmpdir(), 'portreeve-formats-'))
writeFileSync(join(folder, 'notices.xsd'), xsd)
const schema = await xsdValidator({ folder, rootFile: 'notices.xsd' })
afterAll(() => {
  schema[Symbol.dispose]()
  rmSync(folder, { recursive: true })
})

const file = (records: string) => Buffer.from(`<notices xmlns="${namespace}">\n${records}</notices>`)
const good = '<notice><sent>2026-01-31</sent></notice>\n'

describe('XML, without a schema', () => {
  messageFormatContract({
    format: xmlFormat(xml),
    values,
    withBadRecord: {
      source: file(`${good}<notice/>${good}`),
      code: 'EXAMPLE_NO_DATE',
      path: '/notices/notice[2]/sent',
    },
    refused: { source: file(`${good}<notice>`), code: 'PRV_FORMATS_NOT_WELL_FORMED' },
  })
})

describe('XML, with a schema', () => {
  messageFormatContract({
    format: xmlFormat({ ...xml, schema, writing: { prefixes: { [namespace]: '' }, indentSpaces: 2 } }),
    values,
    withBadRecord: {
      source: file(`${good.repeat(30)}<notice><sent>soon</sent></notice>${good}`),
      code: 'PRV_FORMATS_SCHEMA',
      path: '/notices/notice[31]/sent',
    },
    refused: { source: file(`<!-- \0 -->${good}`), code: 'PRV_FORMATS_NOT_WELL_FORMED' },
  })
})

describe('JSON', () => {
  messageFormatContract({
    format: jsonFormat<Notice>({
      schema: {
        type: 'object',
        required: ['sent', 'lines'],
        additionalProperties: false,
        properties: {
          sent: { type: 'string', format: 'date' },
          lines: { type: 'array', maxItems: 9, items: { type: 'string' } },
        },
      },
    }),
    values,
    withBadRecord: {
      source: Buffer.from('{"sent":"soon","lines":[]}'),
      code: 'PRV_FORMATS_SCHEMA',
      path: '/sent',
    },
    refused: {
      source: Buffer.from('{"sent":"2026-01-31",\n"sent":"2026-01-31","lines":[]}'),
      code: 'PRV_FORMATS_NOT_WELL_FORMED',
    },
  })
})
