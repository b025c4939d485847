import { all, child, type ReportNode } from './report-node.ts'

export interface BusinessError {
  readonly errorCode: string
  readonly values: readonly string[]
}

type BusinessRule = (report: ReportNode) => BusinessError | null

const failing = (errorCode: string, ...values: string[]): BusinessError => ({ errorCode, values })
const existing = (report: ReportNode) => child(report, 'ExistingEntries')
const proposed = (report: ReportNode) => child(report, 'ProposedEntries')

function reasonCode(report: ReportNode, tax: 'CtaxReasonForReport' | 'NNDRreasonForReport'): string | undefined {
  return child(child(child(report, 'TypeOfTax'), tax), 'ReasonForReportCode')?.text.trim()
}

const forCodes =
  (codes: readonly string[], rule: BusinessRule): BusinessRule =>
  (report) =>
    codes.includes(reasonCode(report, 'CtaxReasonForReport') ?? '') ? rule(report) : null

const missing = (errorCode: string, isMissing: (report: ReportNode) => boolean): BusinessRule => {
  return (report) => (isMissing(report) ? failing(errorCode) : null)
}

/**
 * The live rule's class is a union in Java, so it lets through what the schema then refuses (`AB1 2--`). A stand-in
 * that were cleverer would hide that.
 */
const livePostcode = /^[A-Z]{1,2}[0-9R][0-9A-Z]? [0-9][A-Z-]{2}$/

const postcodeRule =
  (errorCode: string, ...path: readonly string[]): BusinessRule =>
  (report) => {
    const sides = [existing(report), proposed(report)].flatMap((side) => side ?? [])
    const bad = sides
      .flatMap((side) => all(side, 'AssessmentProperties', ...path))
      .find(({ text }) => !livePostcode.test(text))
    return bad ? failing(errorCode, bad.text) : null
  }

/** Council tax, in the service's order (hmrc/voa-bar, business validation). CR15 and CR16 have no rule. */
const councilTaxRules: readonly BusinessRule[] = [
  forCodes(
    ['CR01', 'CR02'],
    missing('Cr01AndCr02MissingExistingEntryValidation', (report) => !existing(report)),
  ),
  forCodes(
    ['CR03', 'CR04'],
    missing('Cr03AndCr04MissingProposedEntryValidation', (report) => !proposed(report)),
  ),
  forCodes(
    ['CR05', 'CR12'],
    missing('Cr05AndCr12MissingProposedEntryValidation', (report) => !existing(report) || !proposed(report)),
  ),
  forCodes(
    ['CR06', 'CR07', 'CR09', 'CR10', 'CR14'],
    missing('Cr06AndCr07AndCr09AndCr10AndCr14MissingProposedEntryValidation', (report) => !existing(report)),
  ),
  forCodes(['CR08'], () => failing('Cr08InvalidCodeValidation')),
  forCodes(['CR11'], () => failing('Cr11InvalidCodeValidation')),
  forCodes(['CR13'], () => failing('Cr13InvalidCodeValidation')),
]

/** Business rates. The live entry rules compare unpadded codes, so of the valid ones only `11` is ever looked at. */
const businessRatesRules: readonly BusinessRule[] = [
  (report) => {
    const code = reasonCode(report, 'NNDRreasonForReport') ?? ''
    if (code === '') return failing('NoNDRCode')
    return /^(0[1-9]|1[0-9])$/.test(code) ? null : failing('InvalidNdrCode', code)
  },
  (report) =>
    reasonCode(report, 'NNDRreasonForReport') === '11' && !existing(report)
      ? failing('Rt05AndRt06AndRt07AndRt08AndRt09AndRt11MissingExistingEntryValidation')
      : null,
]

const sharedRules: readonly BusinessRule[] = [
  postcodeRule('TextAddressPostcodeValidation', 'PropertyIdentity', 'TextAddress', 'Postcode'),
  postcodeRule('OccupierContactAddressesPostcodeValidation', 'OccupierContact', 'ContactAddress', 'PostCode'),
  (report) => ((child(report, 'Remarks')?.text ?? '').length <= 1 ? failing('RemarksValidationNotEmpty') : null),
  (report) => ((child(report, 'Remarks')?.text ?? '').length > 240 ? failing('RemarksValidationTooLong') : null),
  (report) =>
    (child(report, 'PropertyPlanReferenceNumber')?.text ?? '').length > 25
      ? failing('PropertyPlanReferenceNumberValidation')
      : null,
]

/** What is wrong with a report on business grounds. No tax, or both, is 5000: the live service fails without a reason. */
export function businessErrors(report: ReportNode): readonly BusinessError[] {
  const typeOfTax = child(report, 'TypeOfTax')
  const councilTax = child(typeOfTax, 'CtaxReasonForReport') !== undefined
  const businessRates = child(typeOfTax, 'NNDRreasonForReport') !== undefined
  if (councilTax === businessRates) return [failing('5000')]
  return [...(councilTax ? councilTaxRules : businessRatesRules), ...sharedRules].flatMap((rule) => rule(report) ?? [])
}
