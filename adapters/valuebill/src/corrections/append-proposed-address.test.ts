import { expect, it } from 'vitest'
import { councilTaxReport, entries, property } from '../testing/example-report.ts'
import { appendProposedAddress } from './append-proposed-address.ts'

const sides = { ExistingEntries: entries(property('7')), ProposedEntries: entries(property('9')) }
const remarksOf = (changes: object) =>
  appendProposedAddress.correct(councilTaxReport('CR12', { ...sides, ...changes }))?.report.Remarks
const address = '[PROPOSED] - [9 QUAY LANE,SALLOWMERE,ZZ9 9ZZ]'

it('writes the proposed address of a change of address behind the remarks: proposed-address-in-remarks', () => {
  expect(appendProposedAddress.correct(councilTaxReport('CR12', sides))).toEqual({
    report: councilTaxReport('CR12', { ...sides, Remarks: `SEE PLAN - ${address}` }),
    changes: [{ path: 'Remarks', before: 'SEE PLAN', after: `SEE PLAN - ${address}` }],
  })
})

it('writes no null for a missing postcode, and no dash before nothing', () => {
  const identity = { TextAddress: { AddressLine: ['9 QUAY LANE', 'SALLOWMERE'] }, BAreference: 'REF9' }
  const proposed = { ProposedEntries: entries({ PropertyIdentity: identity }), Remarks: '' }
  expect(remarksOf(proposed)).toBe('[PROPOSED] - [9 QUAY LANE,SALLOWMERE]')
})

it('never makes the remarks longer than 240 characters: it leaves parts of the address out from the end', () => {
  const fits = 'A'.repeat(240 - address.length - 3)
  expect(remarksOf({ Remarks: fits })).toBe(`${fits} - ${address}`)
  expect(remarksOf({ Remarks: `${fits}A` })).toBe(`${fits}A - [PROPOSED] - [9 QUAY LANE,SALLOWMERE]`)
  expect(remarksOf({ Remarks: 'A'.repeat(230) })).toBeUndefined()
})

it('writes nothing a second time', () => {
  expect(remarksOf({ Remarks: `SEE PLAN - ${address}` })).toBeUndefined()
})

it('leaves other reasons', () => {
  expect(appendProposedAddress.correct(councilTaxReport('CR14', sides))).toBeNull()
})
