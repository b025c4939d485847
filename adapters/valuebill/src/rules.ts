import type { Rule } from '@portreeve/adapter-sdk'
import { corrections } from './corrections/correct-report.ts'
import { adviceRules } from './rules/advice-rules.ts'
import { reportRules } from './rules/check-report.ts'
import { headerRules } from './rules/header-rules.ts'
import { serviceCorrectionRules } from './rules/service-corrections.ts'
import { oneTypeOfTax } from './rules/tax-rules.ts'

const anyAuthority = ''

/** Every correction and every rule, in the order in which a file meets them. Rendered into the adapter's page. */
export const rules: readonly Rule[] = [
  ...listed('header', headerRules),
  ...listed('council tax, correction', corrections['council tax']),
  ...listed('council tax', reportRules['council tax']),
  ...listed('business rates, correction', corrections['business rates']),
  ...listed('business rates', reportRules['business rates']),
  ...listed('council tax, with serviceCorrects', serviceCorrectionRules),
  ...listed('neither tax or both', [oneTypeOfTax]),
  ...listed('warning', adviceRules(anyAuthority)),
]

function listed(step: string, found: readonly Omit<Rule, 'step'>[]): readonly Rule[] {
  return found.map(({ name, source }) => ({ step, name, source }))
}
