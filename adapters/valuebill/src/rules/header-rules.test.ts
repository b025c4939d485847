import { describe, expect, it } from 'vitest'
import { billingAuthorityCodeMatches, billingAuthorityCodePresent } from './header-rules.ts'

const header = (code: string) => ({ BillingAuthorityIdentityCode: code })

describe('a billing authority code', () => {
  it.each(['', '  ', '0', '0000', 'ABCD'])('%j is missing, 1012: BillingAuthorityCodePresent', (code) => {
    expect(billingAuthorityCodePresent.check(header(code), '9999')).toMatchObject({ code: '1012' })
    expect(billingAuthorityCodeMatches.check(header(code), '9999')).toBeNull()
  })

  it('that is not there at all is missing: 1012', () => {
    expect(billingAuthorityCodePresent.check({}, '9999')).toMatchObject({
      code: '1012',
      path: 'BillingAuthorityIdentityCode',
    })
  })

  it('of another authority is refused with its value, 1010: BillingAuthorityCodeMatches', () => {
    expect(billingAuthorityCodeMatches.check(header('0835'), '9999')).toMatchObject({ code: '1010', value: '0835' })
  })

  it.each(['0835', '835', ' 835\n'])('%j is 0835', (code) => {
    expect(billingAuthorityCodePresent.check(header(code), '0835')).toBeNull()
    expect(billingAuthorityCodeMatches.check(header(code), '0835')).toBeNull()
  })
})
