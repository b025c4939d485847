import { describe, expect, it } from 'vitest'
import { businessRatesReport, councilTaxReport, entries, property } from '../testing/example-report.ts'
import type { BApropertyReport } from '../vendor-types.ts'
import { correctReport } from './correct-report.ts'
import type { CorrectionRule } from './correction.ts'
import {
  dropExisting,
  dropExistingRates,
  dropProposed,
  dropProposedRates,
  moveExistingToProposed,
  moveExistingToProposedRates,
  moveProposedToExisting,
  moveProposedToExistingRates,
} from './move-entries.ts'

const existing = entries(property('7'))
const proposed = entries(property('9'))
const both = { ExistingEntries: existing, ProposedEntries: proposed }
const codesOf = (codes: readonly string[], rule: CorrectionRule, report: (code: string) => BApropertyReport) =>
  codes.filter((code) => rule.correct(report(code)) !== null)

const councilTax = Array.from({ length: 16 }, (_, index) => `CR${String(index + 1).padStart(2, '0')}`)
const businessRates = Array.from({ length: 19 }, (_, index) => String(index + 1).padStart(2, '0'))
const aboutExisting = ['CR01', 'CR02', 'CR06', 'CR07', 'CR09', 'CR10', 'CR14']
const ratesAboutExisting = ['05', '06', '07', '08', '09', '11']

describe('council tax', () => {
  it('moves proposed entries that stand alone to the existing side: proposed-entries-are-existing', () => {
    const report = councilTaxReport('CR01', { ProposedEntries: proposed })
    expect(moveProposedToExisting.correct(report)).toEqual({
      report: councilTaxReport('CR01', { ExistingEntries: proposed }),
      changes: [{ path: 'ProposedEntries', before: 'ProposedEntries', after: 'ExistingEntries' }],
    })
    const alone = (code: string) => councilTaxReport(code, { ProposedEntries: proposed })
    expect(codesOf(councilTax, moveProposedToExisting, alone)).toEqual(aboutExisting)
    expect(moveProposedToExisting.correct(councilTaxReport('CR01', both))).toBeNull()
  })

  it('drops proposed entries beside existing ones, and says which: no-proposed-entries', () => {
    expect(dropProposed.correct(councilTaxReport('CR14', both))).toEqual({
      report: councilTaxReport('CR14', { ExistingEntries: existing }),
      changes: [{ path: 'ProposedEntries', before: 'REF9' }],
    })
    expect(codesOf(councilTax, dropProposed, (code) => councilTaxReport(code, both))).toEqual(aboutExisting)
    expect(dropProposed.correct(councilTaxReport('CR14', { ProposedEntries: proposed }))).toBeNull()
  })

  it('drops existing entries beside proposed ones, and says which: no-existing-entries', () => {
    expect(dropExisting.correct(councilTaxReport('CR03', both))).toEqual({
      report: councilTaxReport('CR03', { ProposedEntries: proposed }),
      changes: [{ path: 'ExistingEntries', before: 'REF7' }],
    })
    expect(codesOf(councilTax, dropExisting, (code) => councilTaxReport(code, both))).toEqual(['CR03', 'CR04'])
  })

  it('moves existing entries that stand alone to the proposed side: existing-entries-are-proposed', () => {
    const alone = (code: string) => councilTaxReport(code, { ExistingEntries: existing })
    expect(moveExistingToProposed.correct(alone('CR04'))?.report).toEqual(
      councilTaxReport('CR04', { ProposedEntries: existing }),
    )
    expect(codesOf(councilTax, moveExistingToProposed, alone)).toEqual(['CR03', 'CR04'])
  })
})

describe('business rates, by their codes of two digits', () => {
  it('moves existing entries that stand alone to the proposed side: existing-entries-are-proposed', () => {
    const alone = (code: string) => businessRatesReport(code, { ExistingEntries: existing })
    expect(codesOf(businessRates, moveExistingToProposedRates, alone)).toEqual(['01', '02', '03', '04'])
  })

  it('moves proposed entries that stand alone to the existing side: proposed-entries-are-existing', () => {
    const alone = (code: string) => businessRatesReport(code, { ProposedEntries: proposed })
    expect(codesOf(businessRates, moveProposedToExistingRates, alone)).toEqual(ratesAboutExisting)
  })

  it('drops existing entries beside proposed ones: no-existing-entries', () => {
    const report = (code: string) => businessRatesReport(code, both)
    expect(codesOf(businessRates, dropExistingRates, report)).toEqual(['01', '02', '03', '04'])
  })

  it('drops proposed entries beside existing ones: no-proposed-entries', () => {
    const report = (code: string) => businessRatesReport(code, both)
    expect(codesOf(businessRates, dropProposedRates, report)).toEqual(ratesAboutExisting)
  })

  it('keeps both sides of a reconstitution', () => {
    expect(correctReport(businessRatesReport('10', both)).report).toMatchObject(both)
  })
})
