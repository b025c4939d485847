import { describe, expect, it } from 'vitest'
import { SourceRefused } from '../source-refused.ts'
import { readXml } from './read-xml.ts'

const text = '<a>\n<b x="&nbsp;1">A&nbsp;&nbsp;B &amp;nbsp;<![CDATA[&nbsp;]]></b>&nbsp;<c/></a>'

describe('&nbsp;', () => {
  it('is a space in text, attributes and CDATA where that was asked for, in any encoding', () => {
    const files = [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le')]
    for (const file of files) {
      const b = readXml(file, { replaceNbsp: true }).child('', 'b')
      expect(b?.text).toBe('A  B &nbsp; ')
      expect(b?.attribute('x')).toBe(' 1')
    }
  })

  it('does not shift the places that are told', () => {
    const line = text.split('\n')[1] ?? ''
    expect(readXml(Buffer.from(text), { replaceNbsp: true }).child('', 'c')).toMatchObject({
      line: 2,
      column: line.indexOf('<c/>') + 1,
    })
  })

  it('is refused where that was not asked for', () => {
    expect(() => readXml(Buffer.from(text))).toThrow(SourceRefused)
  })
})
