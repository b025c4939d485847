import type { BApropertyReport } from '../vendor-types.ts'

export type Tax = 'council tax' | 'business rates'

/** Which tax a report is about, by the one reason that it gives; `undefined` when it gives none or two. */
export function taxOf(report: BApropertyReport): Tax | undefined {
  const councilTax = report.TypeOfTax?.CtaxReasonForReport !== undefined
  const businessRates = report.TypeOfTax?.NNDRreasonForReport !== undefined
  if (councilTax === businessRates) return undefined
  return councilTax ? 'council tax' : 'business rates'
}

/** `CR01` to `CR16` or `01` to `19`, white space at its ends gone (the schema's type is `token`); `''` when there is none. */
export function reasonCodeOf(report: BApropertyReport): string {
  const reason = report.TypeOfTax?.CtaxReasonForReport ?? report.TypeOfTax?.NNDRreasonForReport
  return reason?.ReasonForReportCode?.trim() ?? ''
}
