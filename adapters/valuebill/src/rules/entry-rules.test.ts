import { expect, it } from 'vitest'
import { businessRatesReport, councilTaxReport, entries } from '../testing/example-report.ts'
import {
  changedRatesHasExisting,
  changeHasBoth,
  deletionHasExisting,
  newHasProposed,
  newRatesHasProposed,
  reviewHasExisting,
} from './entry-rules.ts'
import type { ReportRule } from './finding.ts'

const existing = { ExistingEntries: entries() }
const proposed = { ProposedEntries: entries() }
const codes = [
  ...Array.from({ length: 16 }, (_, index) => `CR${String(index + 1).padStart(2, '0')}`),
  ...Array.from({ length: 19 }, (_, index) => String(index + 1).padStart(2, '0')),
]
const report = (code: string, sides: object) =>
  code.startsWith('CR') ? councilTaxReport(code, sides) : businessRatesReport(code, sides)
const refused = (rule: ReportRule, sides: object) => codes.filter((code) => rule.check(report(code, sides)).length > 0)

it('a demolition or deletion needs an existing entry, 1005: Cr01AndCr02MissingExistingEntryValidation', () => {
  expect(refused(deletionHasExisting, proposed)).toEqual(['CR01', 'CR02'])
  expect(refused(deletionHasExisting, existing)).toEqual([])
  expect(deletionHasExisting.check(report('CR01', proposed))).toMatchObject([
    { code: '1005', rule: 'Cr01AndCr02MissingExistingEntryValidation', path: '' },
  ])
})

it('a new dwelling needs a proposed entry, 1004: Cr03AndCr04MissingProposedEntryValidation', () => {
  expect(refused(newHasProposed, existing)).toEqual(['CR03', 'CR04'])
  expect(refused(newHasProposed, proposed)).toEqual([])
  expect(newHasProposed.check(report('CR03', {}))).toMatchObject([{ code: '1004' }])
})

it('a reconstitution or change of address needs both, and is told of each that is missing: Cr05AndCr12MissingProposedEntryValidation', () => {
  expect(refused(changeHasBoth, existing)).toEqual(['CR05', 'CR12'])
  expect(refused(changeHasBoth, { ...existing, ...proposed })).toEqual([])
  expect(changeHasBoth.check(report('CR05', {}))).toMatchObject([{ code: '1005' }, { code: '1004' }])
})

it('a review needs an existing entry, whatever its rule is called: Cr06AndCr07AndCr09AndCr10AndCr14MissingProposedEntryValidation', () => {
  expect(refused(reviewHasExisting, proposed)).toEqual(['CR06', 'CR07', 'CR09', 'CR10', 'CR14'])
  expect(refused(reviewHasExisting, existing)).toEqual([])
})

it('new business rates entries need a proposed entry, by their codes of two digits: Rt01AndRt04AndRt03AndRt04MissingProposedEntryValidation', () => {
  expect(refused(newRatesHasProposed, existing)).toEqual(['01', '02', '03', '04'])
  expect(refused(newRatesHasProposed, proposed)).toEqual([])
})

it('changed and deleted business rates entries need an existing entry: Rt05AndRt06AndRt07AndRt08AndRt9AndRt11MissingExistingEntryValidation', () => {
  expect(refused(changedRatesHasExisting, proposed)).toEqual(['05', '06', '07', '08', '09', '11'])
  expect(refused(changedRatesHasExisting, existing)).toEqual([])
})
