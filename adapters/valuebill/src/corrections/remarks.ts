import { voaBar } from '../rule-source.ts'
import type { CorrectionRule } from './correction.ts'

/** Council tax 11, business rates too: every kind of white space in the remarks becomes a space, runs become one, the ends go. */
export const trimRemarks: CorrectionRule = {
  name: 'remarks-white-space',
  source: voaBar('RulesCorrectionEngine', 'RemarksTrimmer'),
  correct(report) {
    const before = report.Remarks
    if (before === undefined) return null
    const after = singleSpaced(before)
    return after === before
      ? null
      : { report: { ...report, Remarks: after }, changes: [{ path: 'Remarks', before, after }] }
  },
}

/** Every run of white space of any kind as one space, none at the ends. */
export function singleSpaced(text: string): string {
  return text.replace(/[\s\p{Z}]+/gu, ' ').replace(/^ | $/g, '')
}

/** Council tax 12, business rates too: empty or missing remarks become `NO REMARKS`. */
export const fillRemarks: CorrectionRule = {
  name: 'no-remarks',
  source: voaBar('RulesCorrectionEngine', 'RemarksFillDefault'),
  correct(report) {
    if (report.Remarks !== undefined && report.Remarks !== '') return null
    const after = 'NO REMARKS'
    return { report: { ...report, Remarks: after }, changes: [{ path: 'Remarks', after }] }
  },
}
