import { expect, it } from 'vitest'
import { councilTaxReport, entries, property } from '../testing/example-report.ts'
import { copyMissingSide } from './copy-missing-side.ts'

const given = entries(
  property('7', { CurrentTax: { CouncilTaxBand: 'C' }, OccupierContact: { OrganisationName: 'HERON LTD' } }),
  property('9'),
)

it.each(['CR05', 'CR12'])(
  'copies the whole identities of existing properties, and nothing else, for %s: both-sides',
  (code) => {
    const report = councilTaxReport(code, { ExistingEntries: given })
    expect(copyMissingSide.correct(report)).toEqual({
      report: { ...report, ProposedEntries: entries(property('7'), property('9')) },
      changes: [{ path: 'ProposedEntries', after: 'as ExistingEntries' }],
    })
  },
)

it('copies proposed properties to a missing existing side', () => {
  const report = councilTaxReport('CR05', { ProposedEntries: given })
  expect(copyMissingSide.correct(report)?.report.ExistingEntries).toEqual(entries(property('7'), property('9')))
})

it('leaves other reasons, and reports with both sides or none', () => {
  expect(copyMissingSide.correct(councilTaxReport('CR03', { ProposedEntries: given }))).toBeNull()
  expect(
    copyMissingSide.correct(councilTaxReport('CR05', { ExistingEntries: given, ProposedEntries: given })),
  ).toBeNull()
  expect(copyMissingSide.correct(councilTaxReport('CR05'))).toBeNull()
})
