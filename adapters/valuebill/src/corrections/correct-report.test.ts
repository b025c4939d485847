import { describe, expect, it } from 'vitest'
import { bs7666Address, businessRatesReport, councilTaxReport, entries, property } from '../testing/example-report.ts'
import { corrections, correctReport } from './correct-report.ts'

describe('the corrections of a report', () => {
  it('leave the report that came as it was', () => {
    const report = councilTaxReport('CR12', {
      ExistingEntries: entries({ PropertyIdentity: { BS7666Address: bs7666Address, BAreference: 'REF7' } }),
      Remarks: '  x ',
    })
    const before = structuredClone(report)
    correctReport(report)
    expect(report).toEqual(before)
  })

  it('never leave a property without an address', () => {
    const identity = { BS7666Address: bs7666Address, BAreference: 'REF7' }
    const { report } = correctReport(
      councilTaxReport('CR03', { ProposedEntries: entries({ PropertyIdentity: identity }) }),
    )
    expect(report.ProposedEntries?.AssessmentProperties?.[0]?.PropertyIdentity).toEqual({
      TextAddress: expect.objectContaining({ Postcode: 'ZZ9 9ZZ' }),
      BAreference: 'REF7',
    })
  })

  it('write a proposed address into the remarks after both are put right', () => {
    const identity = { TextAddress: { AddressLine: ['9 QUAY LANE'], Postcode: 'zz99zz' }, BAreference: 'REF9' }
    const report = councilTaxReport('CR12', {
      ExistingEntries: entries(),
      ProposedEntries: entries({ PropertyIdentity: identity }),
      Remarks: '\n MOVED ',
    })
    expect(correctReport(report).report.Remarks).toBe('MOVED - [PROPOSED] - [9 QUAY LANE,ZZ9 9ZZ]')
  })

  it('are told in order, each with the name of its rule', () => {
    const report = councilTaxReport('CR01', {
      ProposedEntries: entries(property('7', { CurrentTax: { CouncilTaxBand: 'T' } })),
      Remarks: '',
    })
    expect(correctReport(report).corrections.map(({ rule, path }) => [rule, path])).toEqual([
      ['proposed-entries-are-existing', 'ProposedEntries'],
      ['no-remarks', 'Remarks'],
      ['known-bands-only', 'ExistingEntries/AssessmentProperties[1]/CurrentTax/CouncilTaxBand'],
    ])
  })

  it('keep the bands of business rates and say nothing about them', () => {
    const odd = entries(property('7', { CurrentTax: { CouncilTaxBand: 'T' } }))
    const report = businessRatesReport('01', { ProposedEntries: odd })
    expect(correctReport(report)).toEqual({ report, corrections: [] })
  })

  it('touch no report whose tax is unclear', () => {
    const report = { ...councilTaxReport('CR01'), TypeOfTax: {}, Remarks: '' }
    expect(correctReport(report)).toEqual({ report, corrections: [] })
  })

  it('are the fourteen and the nine of the service, and one of ours', () => {
    expect(corrections['council tax']).toHaveLength(15)
    expect(corrections['business rates']).toHaveLength(10)
  })
})
