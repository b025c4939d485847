import { expect, it } from 'vitest'
import { businessRatesReport, councilTaxReport, entries, property } from '../testing/example-report.ts'
import { roomForMark, roomForProposedAddress } from './service-corrections.ts'

const sides = { ExistingEntries: entries(property('7')), ProposedEntries: entries(property('9')) }
const written = ' - [PROPOSED] - [9 QUAY LANE,SALLOWMERE,ZZ9 9ZZ]'
const remarks = (length: number) => ({ ...sides, Remarks: 'A'.repeat(length) })

it('the remarks of a CR12 leave room for the proposed address, 240 characters in all: RemarksValidationTooLong', () => {
  const room = 240 - written.length
  expect(roomForProposedAddress.check(councilTaxReport('CR12', remarks(room)))).toEqual([])
  expect(roomForProposedAddress.check(councilTaxReport('CR12', remarks(room + 1)))).toMatchObject([
    { code: 'RemarksValidationTooLong', path: 'Remarks', sentence: expect.stringContaining(`to ${room}.`) },
  ])
  expect(roomForProposedAddress.check(councilTaxReport('CR14', remarks(room + 1)))).toEqual([])
})

it('a line of a proposed address of a CR05 leaves room for the mark, 100 characters in all: room for [PROPOSED]', () => {
  const withLine = (length: number) => {
    const identity = { TextAddress: { AddressLine: ['9 QUAY LANE', 'B'.repeat(length)] }, BAreference: 'REF9' }
    return { ...sides, ProposedEntries: entries(property('9', { PropertyIdentity: identity })) }
  }
  expect(roomForMark.check(councilTaxReport('CR05', withLine(89)))).toEqual([])
  expect(roomForMark.check(councilTaxReport('CR05', withLine(90)))).toMatchObject([
    { code: '2000', path: 'ProposedEntries/AssessmentProperties[1]/PropertyIdentity/TextAddress/AddressLine[2]' },
  ])
  expect(roomForMark.check(businessRatesReport('10', withLine(90)))).toEqual([])
})
