import { describe, expect, it } from 'vitest'
import { businessErrors } from './business-rules.ts'
import type { ExampleReport } from './testing/example-document.ts'
import { readExample } from './testing/read-example.ts'

const codesOf = (report: ExampleReport) => businessErrors(readExample(report)).map(({ errorCode }) => errorCode)
const sides = {
  existing: { existing: 1, proposed: 0 },
  proposed: { existing: 0, proposed: 1 },
  both: { existing: 1, proposed: 1 },
}

describe('council tax', () => {
  it.each([
    ['CR01', ['existing', 'both'], 'Cr01AndCr02MissingExistingEntryValidation'],
    ['CR02', ['existing', 'both'], 'Cr01AndCr02MissingExistingEntryValidation'],
    ['CR03', ['proposed', 'both'], 'Cr03AndCr04MissingProposedEntryValidation'],
    ['CR04', ['proposed', 'both'], 'Cr03AndCr04MissingProposedEntryValidation'],
    ['CR05', ['both'], 'Cr05AndCr12MissingProposedEntryValidation'],
    ['CR06', ['existing', 'both'], 'Cr06AndCr07AndCr09AndCr10AndCr14MissingProposedEntryValidation'],
    ['CR07', ['existing', 'both'], 'Cr06AndCr07AndCr09AndCr10AndCr14MissingProposedEntryValidation'],
    ['CR08', [], 'Cr08InvalidCodeValidation'],
    ['CR09', ['existing', 'both'], 'Cr06AndCr07AndCr09AndCr10AndCr14MissingProposedEntryValidation'],
    ['CR10', ['existing', 'both'], 'Cr06AndCr07AndCr09AndCr10AndCr14MissingProposedEntryValidation'],
    ['CR11', [], 'Cr11InvalidCodeValidation'],
    ['CR12', ['both'], 'Cr05AndCr12MissingProposedEntryValidation'],
    ['CR13', [], 'Cr13InvalidCodeValidation'],
    ['CR14', ['existing', 'both'], 'Cr06AndCr07AndCr09AndCr10AndCr14MissingProposedEntryValidation'],
    ['CR15', ['existing', 'proposed', 'both'], ''],
    ['CR16', ['existing', 'proposed', 'both'], ''],
  ])('%s passes with %j entries only', (reason, passing, errorCode) => {
    for (const [side, counts] of Object.entries(sides)) {
      expect([side, codesOf({ reason, ...counts })]).toEqual([side, passing.includes(side) ? [] : [errorCode]])
    }
  })
})

describe('business rates', () => {
  const tax = 'NNDRreasonForReport'

  it('knows the codes 01 to 19, with their zero', () => {
    expect(codesOf({ tax, reason: '01' })).toEqual([])
    expect(codesOf({ tax, reason: '19' })).toEqual([])
    expect(['1', '00', '20', 'CR01'].map((reason) => codesOf({ tax, reason }))).toEqual(
      Array(4).fill(['InvalidNdrCode']),
    )
    expect(codesOf({ tax, reason: ' ' })).toEqual(['NoNDRCode'])
  })

  it('looks at the entries of code 11 only, as the live service does', () => {
    expect(codesOf({ tax, reason: '11' })).toEqual([
      'Rt05AndRt06AndRt07AndRt08AndRt09AndRt11MissingExistingEntryValidation',
    ])
    expect(codesOf({ tax, reason: '11', ...sides.both })).toEqual([])
    expect(codesOf({ tax, reason: '05' })).toEqual([])
  })
})

describe('any report', () => {
  it('fails at the first bad postcode of its properties, and tells it', () => {
    expect(businessErrors(readExample({ postcode: 'qq1 1aa', proposed: 2 }))).toEqual([
      { errorCode: 'TextAddressPostcodeValidation', values: ['qq1 1aa'] },
    ])
    expect(businessErrors(readExample({ contactPostcode: 'QQ11AA' }))).toEqual([
      { errorCode: 'OccupierContactAddressesPostcodeValidation', values: ['QQ11AA'] },
    ])
  })

  it('has remarks of 2 to 240 characters', () => {
    expect([null, '', 'X'].map((remarks) => codesOf({ remarks }))).toEqual(Array(3).fill(['RemarksValidationNotEmpty']))
    expect([codesOf({ remarks: 'OK' }), codesOf({ remarks: 'X'.repeat(240) })]).toEqual([[], []])
    expect(codesOf({ remarks: 'X'.repeat(241) })).toEqual(['RemarksValidationTooLong'])
  })

  it('has a plan reference of 25 characters at most', () => {
    expect(codesOf({ plan: 'X'.repeat(25) })).toEqual([])
    expect(codesOf({ plan: 'X'.repeat(26) })).toEqual(['PropertyPlanReferenceNumberValidation'])
  })

  it('fails without a reason given when it says neither tax', () => {
    expect(codesOf({ tax: 'Other' as 'CtaxReasonForReport' })).toEqual(['5000'])
  })

  it('tells all that is wrong with it', () => {
    expect(codesOf({ reason: 'CR01', remarks: null })).toEqual([
      'Cr01AndCr02MissingExistingEntryValidation',
      'RemarksValidationNotEmpty',
    ])
  })
})
