import { expect, it } from 'vitest'
import { councilTaxReport, entries, property } from '../testing/example-report.ts'
import { normalisePostcodes } from './postcodes.ts'

const withPostcode = (postcode: string) =>
  councilTaxReport('CR03', {
    ProposedEntries: entries({
      PropertyIdentity: { TextAddress: { AddressLine: ['A', 'B'], Postcode: postcode } },
    }),
  })

it.each([
  ['zz99zz', 'ZZ9 9ZZ'],
  [' Zz9\n 9z Z\t', 'ZZ9 9ZZ'],
  ['ZZ9  9ZZ', 'ZZ9 9ZZ'],
  ['ab\u00a01', 'AB1'],
])('writes the postcode %j as %j: postcodes', (before, after) => {
  expect(normalisePostcodes.correct(withPostcode(before))).toEqual({
    report: withPostcode(after),
    changes: [{ path: 'ProposedEntries/AssessmentProperties[1]/PropertyIdentity/TextAddress/Postcode', before, after }],
  })
})

it.each(['ZZ9 9ZZ', 'a1', '', '  '])('leaves %j', (postcode) => {
  expect(normalisePostcodes.correct(withPostcode(postcode))).toBeNull()
})

it("puts an occupier's postcode right too", () => {
  const contact = { ContactAddress: { Line: ['A', 'B'], PostCode: 'zz99zz' } }
  const report = councilTaxReport('CR01', { ExistingEntries: entries(property('7', { OccupierContact: contact })) })
  const corrected = normalisePostcodes.correct(report)
  expect(corrected?.report.ExistingEntries?.AssessmentProperties?.[0]?.OccupierContact?.ContactAddress).toEqual({
    Line: ['A', 'B'],
    PostCode: 'ZZ9 9ZZ',
  })
  expect(corrected?.changes).toEqual([
    {
      path: 'ExistingEntries/AssessmentProperties[1]/OccupierContact/ContactAddress/PostCode',
      before: 'zz99zz',
      after: 'ZZ9 9ZZ',
    },
  ])
})
