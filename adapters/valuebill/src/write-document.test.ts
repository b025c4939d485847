import { describe, expect, it } from 'vitest'
import { businessRatesReport, councilTaxReport, entries } from './testing/example-report.ts'
import { documentElement, londonTime, writeDocument } from './write-document.ts'

const head = {
  billingAuthority: 'Borough of Sallowmere',
  billingAuthorityCode: '0835',
  at: new Date('2026-07-01T12:30:05.900Z'),
}

describe('a submission', () => {
  const reports = [
    councilTaxReport('CR03', { ProposedEntries: entries() }),
    businessRatesReport('01', { ProposedEntries: entries() }),
    councilTaxReport('CR01', { ExistingEntries: entries() }),
  ]
  const text = new TextDecoder().decode(writeDocument(documentElement(reports, head)))
  const all = (name: string) => [...text.matchAll(new RegExp(`<${name}>([^<]*)</`, 'g'))].map(([, value]) => value)

  it('names the authority and the time of its youngest report, not the time now', () => {
    expect(all('BillingAuthority')).toEqual(['Borough of Sallowmere'])
    expect(all('BillingAuthorityIdentityCode')).toEqual(['0835'])
    expect(all('ProcessDate')).toEqual(['2026-07-01'])
    expect(all('EntryDateTime')).toEqual(['2026-07-01T13:30:05', '2026-07-01T13:30:05'])
  })

  it('counts its reports rightly, those of business rates too', () => {
    expect(all('RecordCount')).toEqual(['3'])
    expect(all('TotalNNDRreportCount')).toEqual(['1'])
    expect(all('TotalCtaxReportCount')).toEqual(['2'])
  })

  it('says which schema it follows', () => {
    expect(text).toContain('SchemaId="BAtoVOA" SchemaVersion="4-0"')
  })
})

describe('the time in London', () => {
  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00'],
    ['2026-03-29T00:59:59Z', '2026-03-29T00:59:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29T02:00:00'],
    ['2026-06-30T23:30:00Z', '2026-07-01T00:30:00'],
    ['2026-10-25T01:00:00Z', '2026-10-25T01:00:00'],
  ])('at %s is %s', (utc, local) => {
    expect(londonTime(new Date(utc))).toEqual({ date: local.slice(0, 10), dateTime: local })
  })
})
