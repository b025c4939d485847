import { ourCodeLists } from '../codes/code-lists.ts'
import { reasonCodeOf, taxOf } from '../raw/reason-code.ts'
import { publishedSchema, voaBar } from '../rule-source.ts'
import { nothing, type ReportRule } from './finding.ts'
import { voaCodes } from './voa-codes.ts'

/** 1021: a report is about one tax. In the service, none or two break the whole file off. */
export const oneTypeOfTax: ReportRule = {
  name: 'OneTypeOfTax',
  source: `${voaBar('RulesValidationEngine', 'purpose')}; ${publishedSchema('ValuebillBAtoVOA', 'TypeOfTax')}`,
  check(report) {
    if (taxOf(report) !== undefined) return nothing
    const two = report.TypeOfTax?.CtaxReasonForReport !== undefined
    return [
      {
        code: voaCodes.unknownTypeOfTax,
        rule: 'OneTypeOfTax',
        path: report.TypeOfTax === undefined ? '' : 'TypeOfTax',
        sentence: two
          ? 'The report gives a reason for council tax and one for business rates: make it two reports.'
          : 'The report gives no reason for council tax or for business rates: choose one.',
      },
    ]
  },
}

/** CR08 is for the VOA alone; CR11 and CR13 were for boundary changes. */
export const councilTaxCodeInUse: ReportRule = {
  name: 'Cr08InvalidCodeValidation',
  source: voaBar('RulesValidationEngine', 'CtValidationRules.Cr08InvalidCodeValidation'),
  check(report) {
    const code = reasonCodeOf(report)
    if (code !== 'CR08' && code !== 'CR11' && code !== 'CR13') return nothing
    return [
      {
        code: voaCodes.notInUse,
        rule: `${code.replace('CR', 'Cr')}InvalidCodeValidation`,
        path: 'TypeOfTax/CtaxReasonForReport/ReasonForReportCode',
        value: code,
        sentence: `The VOA does not take reports with the reason ${code} from billing authorities: choose another reason.`,
      },
    ]
  },
}

/** Business rates codes are those of the list: two digits, 01 to 19. */
export const businessRatesCode: ReportRule = {
  name: 'InvalidNdrCode',
  source: voaBar('RulesValidationEngine', 'NdrValidationRules.NdrCodeValidation'),
  check(report, { NndrReasonForReportCode: list } = ourCodeLists) {
    const code = reasonCodeOf(report)
    if (list.has(code)) return nothing
    const all = [...list.keys()]
    const choice = `choose one from ${all[0]} to ${all.at(-1)}`
    const path = 'TypeOfTax/NNDRreasonForReport'
    if (code === '') {
      const sentence = `The report has no business rates reason code: ${choice}.`
      return [{ code: 'NoNDRCode', rule: 'NoNDRCode', path, sentence }]
    }
    return [
      {
        code: 'InvalidNdrCode',
        rule: 'InvalidNdrCode',
        path: `${path}/ReasonForReportCode`,
        value: code,
        sentence: `${code} is no business rates reason code: ${choice}, two digits.`,
      },
    ]
  },
}
