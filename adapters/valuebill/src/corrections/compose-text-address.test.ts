import { describe, expect, it } from 'vitest'
import { bs7666Address, councilTaxReport, entries, property } from '../testing/example-report.ts'
import type { BS7666Address } from '../vendor-types.ts'
import { composeTextAddress } from './compose-text-address.ts'

const compose = (address: BS7666Address) => {
  const identity = { BS7666Address: address, BAreference: 'REF7' }
  const report = councilTaxReport('CR03', { ProposedEntries: entries({ PropertyIdentity: identity }) })
  const corrected = composeTextAddress.correct(report)?.report
  return corrected?.ProposedEntries?.AssessmentProperties?.[0]?.PropertyIdentity?.TextAddress
}

describe('a property with a BS7666 address only', () => {
  it('gets the same address in lines, each name once: text-address-from-bs7666', () => {
    expect(compose(bs7666Address)).toEqual({
      AddressLine: ['FLAT 2', 'HERON HOUSE', '7A-9 QUAY LANE', 'NETHERTIDE', 'SALLOWMERE', 'MERESHIRE'],
      Postcode: 'ZZ9 9ZZ',
    })
  })

  it('has the number of a flat before that of the house', () => {
    const address = {
      ...bs7666Address,
      SAON: { StartRange: { Number: '1' }, EndRange: { Number: '3' } },
      PAON: { StartRange: { Number: '11', Suffix: 'A' } },
    }
    expect(compose(address)?.AddressLine?.[0]).toBe('1-3, 11A QUAY LANE')
  })

  it('is written on six lines at most', () => {
    const address = { ...bs7666Address, PostTown: 'PORT SALLOW' }
    expect(compose(address)?.AddressLine).toHaveLength(6)
  })

  it('keeps number and street apart where together they are too long for a line', () => {
    const street = 'A'.repeat(100)
    const lines = compose({ PAON: { StartRange: { Number: '7' } }, StreetDescription: street, Town: 'SALLOWMERE' })
    expect(lines?.AddressLine).toEqual(['7', street, 'SALLOWMERE'])
  })

  it.each<[string, BS7666Address, string[]]>([
    [
      'number and street',
      { PAON: { StartRange: { Number: '1' } }, StreetDescription: 'QUAY LANE', Town: ' ' },
      ['1', 'QUAY LANE'],
    ],
    ['a number', { PAON: { StartRange: { Number: '1' } }, StreetDescription: '\n', Town: ' ' }, ['1', ' ']],
    ['a street', { PAON: { Description: ' ' }, StreetDescription: 'QUAY LANE', Town: ' ' }, ['QUAY LANE', ' ']],
    ['nothing', { PAON: { Description: ' ' }, StreetDescription: ' ', Town: ' ' }, [' ', ' ']],
  ])('has the two lines that the schema demands though it says but %s', (_, address, lines) => {
    expect(compose(address)?.AddressLine).toEqual(lines)
  })

  it('is left without lines when there is but one name', () => {
    expect(compose({ Town: 'SALLOWMERE' })).toBeUndefined()
  })
})

it('leaves a text address that is there', () => {
  const identity = { ...property('7').PropertyIdentity, BS7666Address: bs7666Address }
  const report = councilTaxReport('CR03', { ProposedEntries: entries({ PropertyIdentity: identity }) })
  expect(composeTextAddress.correct(report)).toBeNull()
})
