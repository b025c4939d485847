import type { BusinessError } from './business-rules.ts'
import { all, child, descendants, type ReportNode } from './report-node.ts'

const failing = (errorCode: string, ...values: string[]): BusinessError => ({ errorCode, values })
const notInUse = ['CR08', 'CR11', 'CR13', 'CR15', 'CR16']
const narrowText = /^['A-Z0-9\s\-&+@.():/]+$/

/** The stricter rules for council tax that the service had until 2019, by their numbers. */
export function olderErrors(report: ReportNode, authorityCode: string): readonly BusinessError[] {
  return [...characterErrors(report), ...authorityErrors(report, authorityCode), ...entryErrors(report)]
}

function characterErrors(report: ReportNode): readonly BusinessError[] {
  return descendants(report)
    .filter(({ children, text }) => children.length === 0 && text !== '' && !narrowText.test(text))
    .map(({ name, text }) => failing('1000', name, text))
}

function authorityErrors(report: ReportNode, authorityCode: string): readonly BusinessError[] {
  const code = child(report, 'BAidentityNumber')?.text.trim() ?? ''
  return Number(code) === Number(authorityCode) ? [] : [failing('1010', code)]
}

function entryErrors(report: ReportNode): readonly BusinessError[] {
  const reason = child(child(child(report, 'TypeOfTax'), 'CtaxReasonForReport'), 'ReasonForReportCode')?.text.trim()
  if (reason === undefined) return []
  if (notInUse.includes(reason)) return [failing('1006', reason)]
  const existing = all(report, 'ExistingEntries', 'AssessmentProperties').length
  const proposed = all(report, 'ProposedEntries', 'AssessmentProperties').length
  const unless = (holds: boolean, errorCode: string) => (holds ? [] : [failing(errorCode, reason)])
  switch (reason) {
    case 'CR03':
      return [...unless(proposed === 1, '1001'), ...unless(existing === 0, '1002')]
    case 'CR04':
      return unless(existing + proposed === 1, '1003')
    case 'CR05':
      return [...unless(proposed >= 1, '1004'), ...unless(existing >= 1, '1005')]
    case 'CR12':
      return [...unless(proposed === 1, '1001'), ...unless(existing === 1, '1007')]
    default:
      return [...unless(existing === 1, '1007'), ...unless(proposed === 0, '1008')]
  }
}
