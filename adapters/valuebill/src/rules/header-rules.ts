import { voaBar } from '../rule-source.ts'
import type { BAreportHeader } from '../vendor-types.ts'
import type { Finding } from './finding.ts'
import { voaCodes } from './voa-codes.ts'

export interface HeaderRule {
  readonly name: string
  readonly source: string
  /** Paths begin below the header. `authority` is the code that the service knows us by, four digits. */
  readonly check: (header: BAreportHeader, authority: string) => Finding | null
}

const path = 'BillingAuthorityIdentityCode'

/** 1012: the file does not say whose reports it holds. */
export const billingAuthorityCodePresent: HeaderRule = {
  name: 'BillingAuthorityCodePresent',
  source: voaBar('ValidationService', 'validationBACode, BA_CODE_REPORT'),
  check(header) {
    const value = header.BillingAuthorityIdentityCode ?? ''
    if (Number(value.trim()) > 0) return null
    return {
      code: voaCodes.billingAuthorityMissing,
      rule: 'BillingAuthorityCodePresent',
      path,
      ...(value !== '' && { value }),
      sentence: "The file's header has no billing authority code: write your authority's four digits there.",
    }
  },
}

/** 1010: the file is another authority's. Leading zeros do not count: the schema's type is a number. */
export const billingAuthorityCodeMatches: HeaderRule = {
  name: 'BillingAuthorityCodeMatches',
  source: voaBar('ValidationService', 'validationBACode, BA_CODE_MATCH'),
  check(header, authority) {
    const value = header.BillingAuthorityIdentityCode?.trim() ?? ''
    if (!(Number(value) > 0) || Number(value) === Number(authority)) return null
    return {
      code: voaCodes.billingAuthorityMismatch,
      rule: 'BillingAuthorityCodeMatches',
      path,
      value,
      sentence: `The file is of billing authority ${value}, but reports are sent from here as ${authority}: check that this is the right file.`,
    }
  },
}

/** In the service's order; the first that fails refuses the file. */
export const headerRules: readonly HeaderRule[] = [billingAuthorityCodePresent, billingAuthorityCodeMatches]
