import { type Tax, taxOf } from '../raw/reason-code.ts'
import type { Service } from '../service.ts'
import type { BApropertyReport } from '../vendor-types.ts'
import {
  changedRatesHasExisting,
  changeHasBoth,
  deletionHasExisting,
  newHasProposed,
  newRatesHasProposed,
  reviewHasExisting,
} from './entry-rules.ts'
import type { Finding, ReportRule } from './finding.ts'
import { serviceCorrectionRules } from './service-corrections.ts'
import { businessRatesCode, councilTaxCodeInUse, oneTypeOfTax } from './tax-rules.ts'
import {
  contactAddressPostcodes,
  planReferenceNotTooLong,
  remarksNotEmpty,
  remarksNotTooLong,
  textAddressPostcodes,
} from './text-rules.ts'

/** Of every text, whatever the tax. */
const textRules = [
  textAddressPostcodes,
  contactAddressPostcodes,
  remarksNotEmpty,
  remarksNotTooLong,
  planReferenceNotTooLong,
]

/** In the order of the VOA's service (hmrc/voa-bar, RulesValidationEngine); the schema is asked afterwards. */
export const reportRules: Readonly<Record<Tax, readonly ReportRule[]>> = {
  'council tax': [
    deletionHasExisting,
    newHasProposed,
    changeHasBoth,
    reviewHasExisting,
    councilTaxCodeInUse,
    ...textRules,
  ],
  'business rates': [businessRatesCode, newRatesHasProposed, changedRatesHasExisting, ...textRules],
}

/** Everything that the business rules have against a corrected report; nothing means that only the schema is left to ask. */
export function checkReport(
  corrected: BApropertyReport,
  { corrects = false, codes }: Partial<Pick<Service, 'corrects' | 'codes'>> = {},
): readonly Finding[] {
  const tax = taxOf(corrected)
  if (tax === undefined) return oneTypeOfTax.check(corrected)
  const rules = corrects ? [...reportRules[tax], ...serviceCorrectionRules] : reportRules[tax]
  return rules.flatMap((rule) => rule.check(corrected, codes))
}
