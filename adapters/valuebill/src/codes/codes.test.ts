import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { billingAuthorityCode, billingAuthorityNames } from './billing-authorities.ts'
import { nndrPrimaryDescriptions, nndrSecondaryDescriptions } from './nndr-description-codes.ts'
import { ctaxReasonTitles, nndrReasonTitles } from './reason-codes.ts'

const schema = await readFile(
  new URL('../../../../schemas/xml/valuebill/valuebill-ba-to-voa.xsd', import.meta.url),
  'utf8',
)

function enumerationsOf(list: string): string[] {
  const type = schema.split(`<xs:simpleType name="${list}ContentType">`)[1]?.split('</xs:simpleType>')[0] ?? ''
  return [...type.matchAll(/enumeration value="([^"]*)"/g)].map(([, code = '']) => code)
}

describe('the code lists', () => {
  it.each([
    ['CtaxReasonForReportCode', ctaxReasonTitles, 16],
    ['NndrReasonForReportCode', nndrReasonTitles, 19],
    ['NndrPrimaryDescriptionCode', nndrPrimaryDescriptions, 119],
    ['NndrSecondaryDescriptionCode', nndrSecondaryDescriptions, 4],
  ])('%s holds exactly the codes of the schema', (list, codes, count) => {
    expect([...codes.keys()]).toEqual(enumerationsOf(list))
    expect(codes.size).toBe(count)
  })

  it('tell all meanings of the four codes that were given out twice', () => {
    const ambiguous = [...nndrPrimaryDescriptions].filter(([, titles]) => titles.length > 1).map(([code]) => code)
    expect(ambiguous).toEqual(['CH1', 'CH2', 'CM', 'CM1'])
    expect(nndrPrimaryDescriptions.get('CH2')).toEqual(['BOARDING HOUSE AND PREMISES', 'GUEST HOUSE AND PREMISES'])
  })

  it('know each billing authority by four digits, once', () => {
    expect([...billingAuthorityNames.keys()].every((code) => /^[0-9]{4}$/.test(code))).toBe(true)
    expect(billingAuthorityNames.size).toBe(354)
    expect(billingAuthorityNames.get(billingAuthorityCode(' 835'))).toBe('Isles of Scilly')
  })

  it('write a billing authority code with four digits however the report writes the number', () => {
    expect(['0835', '835', '+835', '000835', ' 5120 '].map(billingAuthorityCode)).toEqual([
      '0835',
      '0835',
      '0835',
      '0835',
      '5120',
    ])
  })
})
