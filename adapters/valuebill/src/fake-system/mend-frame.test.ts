import { XmlDocument, XmlElement } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { londonTime } from './london-time.ts'
import { mendFrame } from './mend-frame.ts'
import { elementsIn } from './report-node.ts'
import { exampleDocument } from './testing/example-document.ts'

const summer = new Date('2026-06-30T23:30:00Z')

function mended(text: string, part: 'BAreportHeader' | 'BAreportTrailer'): Record<string, string> {
  using document = XmlDocument.fromString(text)
  mendFrame(document, 3, summer)
  const found = [...elementsIn(document.root)].find(({ name }) => name === part)
  const namespace = found?.namespaceUri
  const children = found instanceof XmlElement ? [...elementsIn(found)] : []
  expect(children.every(({ namespaceUri }) => namespaceUri === namespace)).toBe(true)
  return Object.fromEntries(children.map(({ name, content }) => [name, content]))
}

describe('the frame of a submission', () => {
  it('gets the date and time of London where they are missing or empty', () => {
    const header = mended(exampleDocument({ headerTimes: '<ProcessDate> </ProcessDate>' }), 'BAreportHeader')
    expect(header).toMatchObject({ ProcessDate: '2026-07-01', EntryDateTime: '2026-07-01T00:30:00' })
    expect(mended(exampleDocument({ trailer: '' }), 'BAreportTrailer').EntryDateTime).toBe('2026-07-01T00:30:00')
  })

  it('keeps the date and time that it has', () => {
    expect(mended(exampleDocument(), 'BAreportHeader')).toEqual({
      BillingAuthority: 'Borough of Sallowmere',
      BillingAuthorityIdentityCode: '9999',
      ProcessDate: '2026-03-02',
      EntryDateTime: '2026-03-02T10:00:00',
    })
  })

  it('gets its counts overwritten: all as council tax, none as business rates', () => {
    expect(Object.entries(mended(exampleDocument(), 'BAreportTrailer'))).toEqual([
      ['RecordCount', '3'],
      ['EntryDateTime', '2026-03-02T10:00:00'],
      ['TotalNNDRreportCount', '0'],
      ['TotalCtaxReportCount', '3'],
    ])
  })

  it('is mended under any prefix', () => {
    const prefixed = exampleDocument({ trailer: '' })
      .replace('xmlns=', 'xmlns:vb=')
      .replace(/<(\/?)(?=[A-Z])/g, '<$1vb:')
    expect(mended(prefixed, 'BAreportTrailer').RecordCount).toBe('3')
  })
})

describe('time in London', () => {
  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00'],
    ['2026-03-29T00:59:59Z', '2026-03-29T00:59:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29T02:00:00'],
    ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00'],
    ['2026-10-25T01:30:00Z', '2026-10-25T01:30:00'],
  ])('is at %s %s', (moment, expected) => {
    expect(londonTime(new Date(moment))).toEqual({ date: expected.slice(0, 10), dateTime: expected })
  })
})
