import { describe, expect, it } from 'vitest'
import { councilTaxReport, entries, property } from '../testing/example-report.ts'
import {
  contactAddressPostcodes,
  planReferenceNotTooLong,
  remarksNotEmpty,
  remarksNotTooLong,
  textAddressPostcodes,
} from './text-rules.ts'

const at = (postcode: string) =>
  property('7', { PropertyIdentity: { TextAddress: { AddressLine: ['A', 'B'], Postcode: postcode } } })

describe('postcodes', () => {
  it('are told one by one, each with its place and value: TextAddressPostcodeValidation', () => {
    const report = councilTaxReport('CR05', {
      ExistingEntries: entries(at('ZZ9 9ZZ'), at('ZZ9 9ZC')),
      ProposedEntries: entries(at('SALLOWMERE')),
    })
    expect(textAddressPostcodes.check(report)).toMatchObject([
      { path: 'ExistingEntries/AssessmentProperties[2]/PropertyIdentity/TextAddress/Postcode', value: 'ZZ9 9ZC' },
      { path: 'ProposedEntries/AssessmentProperties[1]/PropertyIdentity/TextAddress/Postcode', value: 'SALLOWMERE' },
    ])
  })

  it.each(['CC11 1CC', 'AB1 2--', 'AB1 2]D'])(
    '%s, which the class read as a union lets through, is none',
    (postcode) => {
      expect(
        textAddressPostcodes.check(councilTaxReport('CR03', { ProposedEntries: entries(at(postcode)) })),
      ).toHaveLength(1)
    },
  )

  it('may be missing', () => {
    const report = councilTaxReport('CR03', { ProposedEntries: entries({ PropertyIdentity: { TextAddress: {} } }) })
    expect(textAddressPostcodes.check(report)).toEqual([])
  })

  it('of occupiers are looked at too: OccupierContactAddressesPostcodeValidation', () => {
    const contact = { ContactAddress: { Line: ['A', 'B'], PostCode: 'NOWHERE' } }
    const report = councilTaxReport('CR01', { ExistingEntries: entries(property('7', { OccupierContact: contact })) })
    expect(contactAddressPostcodes.check(report)).toMatchObject([
      {
        code: 'OccupierContactAddressesPostcodeValidation',
        path: 'ExistingEntries/AssessmentProperties[1]/OccupierContact/ContactAddress/PostCode',
      },
    ])
  })
})

it('remarks hold two characters at least: RemarksValidationNotEmpty', () => {
  expect(remarksNotEmpty.check(councilTaxReport('CR01', { Remarks: 'X' }))).toMatchObject([{ path: 'Remarks' }])
  expect(remarksNotEmpty.check(councilTaxReport('CR01', { Remarks: 'OK' }))).toEqual([])
})

it('remarks hold 240 characters at most: RemarksValidationTooLong', () => {
  expect(remarksNotTooLong.check(councilTaxReport('CR01', { Remarks: 'X'.repeat(241) }))).toMatchObject([
    { code: 'RemarksValidationTooLong', path: 'Remarks' },
  ])
  expect(remarksNotTooLong.check(councilTaxReport('CR01', { Remarks: 'X'.repeat(240) }))).toEqual([])
})

it('a plan reference holds 25 characters at most: PropertyPlanReferenceNumberValidation', () => {
  const report = (length: number) => councilTaxReport('CR01', { PropertyPlanReferenceNumber: 'P'.repeat(length) })
  expect(planReferenceNotTooLong.check(report(26))).toMatchObject([{ path: 'PropertyPlanReferenceNumber' }])
  expect(planReferenceNotTooLong.check(report(25))).toEqual([])
})
