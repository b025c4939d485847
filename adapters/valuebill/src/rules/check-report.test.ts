import { expect, it } from 'vitest'
import { businessRatesReport, councilTaxReport, entries } from '../testing/example-report.ts'
import { checkReport } from './check-report.ts'

it('tells everything that is wrong with a report at once, in order', () => {
  const report = councilTaxReport('CR01', {
    ProposedEntries: entries(),
    Remarks: 'X',
    PropertyPlanReferenceNumber: 'P'.repeat(30),
  })
  expect(checkReport(report).map((finding) => finding.rule)).toEqual([
    'Cr01AndCr02MissingExistingEntryValidation',
    'RemarksValidationNotEmpty',
    'PropertyPlanReferenceNumberValidation',
  ])
})

it('judges business rates by their own rules', () => {
  expect(checkReport(businessRatesReport('1', { ExistingEntries: entries() })).map(({ rule }) => rule)).toEqual([
    'InvalidNdrCode',
  ])
})

it('says nothing of a good report', () => {
  expect(checkReport(councilTaxReport('CR03', { ProposedEntries: entries() }))).toEqual([])
})

it('says of a report without a tax that alone', () => {
  expect(checkReport({ ...councilTaxReport('CR01'), TypeOfTax: {} })).toMatchObject([{ code: '1021' }])
})
