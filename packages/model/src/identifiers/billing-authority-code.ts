import { type Branded, identifier } from './branded.ts'

/** Four digits, zero-padded. Where a council has a GeoPlace local custodian code, it is the same one. */
export type BillingAuthorityCode = Branded<'BillingAuthorityCode'>

/** VBcommon-v3-1d.xsd, LAidentityNumberType: 1 to 9999, with or without leading zeros. */
export const billingAuthorityCode = identifier<BillingAuthorityCode>({
  name: 'Billing authority code',
  pattern: /^(?!0000)[0-9]{4}$/,
  rule: 'four digits from 0001 to 9999 (VBcommon-v3-1d, LAidentityNumberType).',
  normalise: (text) =>
    text
      .trim()
      .replace(/^0+(?=[0-9])/, '')
      .padStart(4, '0'),
})
