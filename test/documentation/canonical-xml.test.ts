import { isPortreeveError } from '@portreeve/errors'
import { readXml, writeXml, XmlElement } from '@portreeve/formats'
import { emitXsd, fromXml, type JsonSchema, toXml } from '@portreeve/model'
import fc from 'fast-check'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { canonicalArbitrary } from '../support/canonical-arbitrary.ts'
import { canonicalSchemas } from '../support/canonical-schemas.ts'
import { damages } from '../support/json-damage.ts'

describe.each(canonicalSchemas)('the XML form of $name', ({ schema, validate, example }) => {
  using xsd = XmlDocument.fromString(emitXsd(schema))
  const validator = XsdValidator.fromDoc(xsd)
  const verdict = (xml: Uint8Array) => {
    using document = XmlDocument.fromBuffer(xml)
    try {
      validator.validate(document)
      return 'valid'
    } catch (error) {
      return error instanceof Error ? error.message : 'invalid'
    }
  }

  it('keeps every fact of the example, and of whatever else the JSON Schema passes; the XSD passes it too', () => {
    fc.assert(
      fc.property(canonicalArbitrary(schema), (value) => {
        expect(validate(value)).toBe(true)
        const xml = xmlOf(schema, value)
        expect(verdict(xml)).toBe('valid')
        expect(fromXml(schema, readXml(xml))).toEqual(value)
      }),
      { examples: [[example]], numRuns: 60 },
    )
  })

  const passesOnceRead = (xml: Uint8Array) => {
    try {
      return validate(fromXml(schema, readXml(xml)))
    } catch (error) {
      if (isPortreeveError(error, 'PRV_MODEL_XML')) return false
      throw error
    }
  }

  it('is refused by the XSD exactly where the JSON Schema refuses what is read from it', () => {
    const verdicts = new Set<boolean>()
    for (const { what, value } of damages(example)) {
      if (!canBeWritten(what)) continue
      const xml = xmlOf(schema, value)
      const byXsd = verdict(xml) === 'valid'
      expect({ what, passes: byXsd }).toEqual({ what, passes: passesOnceRead(xml) })
      verdicts.add(byXsd)
    }
    expect(verdicts).toContain(false)
  })

  it('is refused with an element, an attribute or a text that the schema does not know', () => {
    const { name, namespace, attributes, children, text } = readXml(xmlOf(schema, example))
    const root = { name, namespace, attributes, children, text }
    const foreign = { name: 'foreign', namespace: '', attributes: [], children: [], text: '' }
    const [first] = root.children
    for (const wrong of [
      { ...root, name: 'other' },
      { ...root, namespace: 'urn:other' },
      { ...root, children: [...root.children, foreign] },
      { ...root, children: [...root.children, { ...foreign, name: first?.name ?? '' }] },
      { ...root, attributes: [{ name: 'a', namespace: '', value: '' }] },
      { ...root, text: 'text' },
    ]) {
      expect(codeOf(() => fromXml(schema, wrong))).toBe('PRV_MODEL_XML')
    }
  })
})

describe('reading the XML form', () => {
  const schema = (name: string): JsonSchema => {
    const found = canonicalSchemas.find((candidate) => candidate.name === name)
    if (!found) throw new TypeError(`no schema ${name}`)
    return found.schema
  }
  const received = (content: string) => {
    const { $id } = schema('submission-received')
    return () =>
      fromXml(
        schema('submission-received'),
        readXml(Buffer.from(`<submissionReceived xmlns="${$id}">${content}</submissionReceived>`)),
      )
  }

  it('refuses what occurs twice, a number that is none, and elements inside a text', () => {
    expect(codeOf(received('<inbox>a</inbox><inbox>b</inbox>'))).toBe('PRV_MODEL_XML')
    expect(codeOf(received('<sizeBytes>many</sizeBytes>'))).toBe('PRV_MODEL_XML')
    expect(codeOf(received('<sizeBytes>12345678901234567890</sizeBytes>'))).toBe('PRV_MODEL_XML')
    expect(codeOf(received('<inbox><b/></inbox>'))).toBe('PRV_MODEL_XML')
    expect(received('<sizeBytes> +07 </sizeBytes>')()).toEqual({ sizeBytes: 7 })
  })

  it('forgives a schema location and white space between elements', () => {
    const { $id } = schema('submission-received')
    const xml = `<s:submissionReceived xmlns:s="${$id}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
      xsi:schemaLocation="a b">
      <s:inbox>revenues</s:inbox>
    </s:submissionReceived>`
    expect(fromXml(schema('submission-received'), readXml(Buffer.from(xml)))).toEqual({ inbox: 'revenues' })
  })
})

/** A number in place of a text is written as that text; a text in place of a list cannot be written at all. */
function canBeWritten(damage: string): boolean {
  return !/^(no text|no list|unknown)/.test(damage)
}

function xmlOf(schema: JsonSchema, value: unknown): Uint8Array {
  return writeXml(toXml<XmlElement>(schema, value, (...parts) => new XmlElement(...parts)))
}

function codeOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (!isPortreeveError(error)) throw error
    return error.code
  }
}
