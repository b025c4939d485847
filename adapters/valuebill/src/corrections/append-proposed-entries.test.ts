import { expect, it } from 'vitest'
import { councilTaxReport, entries, property } from '../testing/example-report.ts'
import { appendProposedEntries } from './append-proposed-entries.ts'

const both = { ExistingEntries: entries(property('7')), ProposedEntries: entries(property('9')) }

it('appends every proposed property of a CR05 to the existing ones, each line of its address marked; proposed ones stay: proposed-entries-beside-existing', () => {
  const corrected = appendProposedEntries.correct(councilTaxReport('CR05', both))
  const marked = property('9', {
    PropertyIdentity: {
      ...property('9').PropertyIdentity,
      TextAddress: { AddressLine: ['[PROPOSED] 9 QUAY LANE', '[PROPOSED] SALLOWMERE'], Postcode: 'ZZ9 9ZZ' },
    },
  })
  expect(corrected).toEqual({
    report: councilTaxReport('CR05', { ...both, ExistingEntries: entries(property('7'), marked) }),
    changes: [
      {
        path: 'ExistingEntries/AssessmentProperties[2]',
        after: '[PROPOSED] 9 QUAY LANE, [PROPOSED] SALLOWMERE',
      },
    ],
  })
})

it('appends nothing a second time', () => {
  const once = appendProposedEntries.correct(councilTaxReport('CR05', both))
  expect(once && appendProposedEntries.correct(once.report)).toBeNull()
})

it('leaves the mark off a line which it would make longer than the schema allows', () => {
  const long = 'A'.repeat(90)
  const address = { AddressLine: [long, 'B'.repeat(89)] }
  const proposed = entries(property('9', { PropertyIdentity: { TextAddress: address, BAreference: 'REF9' } }))
  const corrected = appendProposedEntries.correct(councilTaxReport('CR05', { ...both, ProposedEntries: proposed }))
  expect(
    corrected?.report.ExistingEntries?.AssessmentProperties?.[1]?.PropertyIdentity?.TextAddress?.AddressLine,
  ).toEqual([long, `[PROPOSED] ${'B'.repeat(89)}`])
})

it('leaves other reasons', () => {
  expect(appendProposedEntries.correct(councilTaxReport('CR12', both))).toBeNull()
})
