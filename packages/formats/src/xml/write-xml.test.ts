import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ValueRefused } from '../value-refused.ts'
import { elementsIn } from './elements-in.ts'
import { writeXml } from './write-xml.ts'
import { XmlElement } from './xml-element.ts'
import { xmlRecords } from './xml-records.ts'

const vb = elementsIn('urn:vb')
const pdt = elementsIn('urn:pdt')

function text(root: XmlElement, options = {}): string {
  return Buffer.from(writeXml(root, { declaration: false, ...options })).toString()
}

/** The tree of the only record of what was written. */
async function readBack(root: XmlElement, options = {}): Promise<XmlElement | undefined> {
  const reader = xmlRecords({ root: { namespace: '', name: 'all' }, record: root })
  const bytes = writeXml(new XmlElement('', 'all', [], [root]), options)
  const parts = await Array.fromAsync(reader.read(bytes))
  return parts.find(({ kind }) => kind === 'record')?.element
}

function withoutPlaces({ namespace, name, attributes, children, text }: XmlElement): unknown {
  return { namespace, name, attributes, text, children: children.map(withoutPlaces) }
}

const xmlString = fc
  .string({ unit: 'binary' })
  .map((all) => all.replace(/[^\t\n\r\u{20}-\u{FFFD}]/gu, '').toWellFormed())
const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
  tree: fc
    .record({
      namespace: fc.constantFrom('', 'urn:vb', 'urn:pdt', 'urn:other'),
      name: fc.constantFrom('a', 'DateSent', 'é'),
      attributes: fc.uniqueArray(
        fc.record({ namespace: fc.constantFrom('', 'urn:vb'), name: fc.constantFrom('x', 'y'), value: xmlString }),
        { selector: ({ namespace, name }) => namespace + name },
      ),
      content: fc.oneof(xmlString, fc.array(tie('tree'), { maxLength: 4 })),
    })
    .map(({ namespace, name, attributes, content }) =>
      typeof content === 'string'
        ? new XmlElement(namespace, name, attributes, [], content)
        : new XmlElement(namespace, name, attributes, content),
    ),
}))

describe('writeXml', () => {
  it('declares each namespace once, on the root, with the prefix that was given', () => {
    const root = vb('Report', [vb('Name', [pdt('FamilyName', 'Ngata & Co')]), undefined], { SchemaId: 'a"b' })
    expect(text(root, { prefixes: { 'urn:vb': '', 'urn:pdt': 'pdt' } })).toBe(
      '<Report xmlns="urn:vb" xmlns:pdt="urn:pdt" SchemaId="a&quot;b"><Name><pdt:FamilyName>Ngata &amp; Co</pdt:FamilyName></Name></Report>',
    )
    expect(text(root)).toContain('<ns1:Report xmlns:ns1="urn:vb" xmlns:ns2="urn:pdt"')
  })

  it('indents where there is no text to change', () => {
    const root = vb('Report', [vb('Empty'), vb('Text', ' x '), vb('Deep', [vb('Deeper', '1')])])
    expect(text(root, { prefixes: { 'urn:vb': '' }, indentSpaces: 2 })).toBe(`<Report xmlns="urn:vb">
  <Empty/>
  <Text> x </Text>
  <Deep>
    <Deeper>1</Deeper>
  </Deep>
</Report>`)
  })

  it('gives the same tree again when it is read, whatever names, text and attributes it has', async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.constantFrom(0, 2), async (root, indentSpaces) => {
        const again = await readBack(root, { indentSpaces, prefixes: { 'urn:vb': '', 'urn:pdt': 'ns1' } })
        expect(again && withoutPlaces(again)).toEqual(withoutPlaces(root))
      }),
      { numRuns: 300 },
    )
  })

  it('writes ISO-8859-1 that is read as ISO-8859-1', async () => {
    const bytes = writeXml(vb('Town', 'Bala é £'), { encoding: 'ISO-8859-1', prefixes: { 'urn:vb': '' } })
    expect(Buffer.from(bytes).toString('latin1')).toContain('encoding="ISO-8859-1"?>\n<Town xmlns="urn:vb">Bala é £<')
    expect(await readBack(vb('Town', 'Bala é £'), { encoding: 'ISO-8859-1' })).toMatchObject({ text: 'Bala é £' })
  })

  it.each([
    ['a control character', 'UTF-8', 'a\u0001b', 'U+0001'],
    ['half a surrogate pair', 'UTF-8', 'a\ud800', 'U+D800'],
    ['a euro sign in ISO-8859-1', 'ISO-8859-1', '5 €', 'U+20AC'],
  ])('refuses %s and says where, instead of dropping it', (_what, encoding, value, character) => {
    const root = vb('Report', [vb('Line', 'ok'), vb('Line', value), vb('Other', '', { use: value })])
    const write = () => writeXml(root, { encoding: encoding as 'UTF-8' })
    expect(write).toThrow(ValueRefused)
    try {
      write()
    } catch (error) {
      const problems = error instanceof ValueRefused ? error.problems : []
      expect(problems.map(({ path }) => path)).toEqual(['/Report/Line[2]', '/Report/Other/@use'])
      expect(problems[0]).toMatchObject({ code: 'PRV_FORMATS_CHARACTER' })
      expect(problems[0]?.sentence).toContain(character)
    }
  })

  it('refuses a name that is no XML name', () => {
    expect(() => writeXml(vb('not a name'))).toThrow('no XML name')
  })
})
