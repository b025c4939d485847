import { reasonCodeOf, taxOf } from '../raw/reason-code.ts'
import { voaBarUntil2020 } from '../rule-source.ts'
import type { BApropertyReport, Entries } from '../vendor-types.ts'
import { type Finding, nothing, type ReportRule } from './finding.ts'
import { voaCodes } from './voa-codes.ts'

/**
 * Rules that the VOA's service had until 2020 and dropped (the parent of hmrc/voa-bar f3fb738). They refuse nothing: what
 * they find is told as a warning. They look at a report that is already corrected.
 */
export const entryCounts: ReportRule = {
  name: 'EntryCounts',
  source: voaBarUntil2020('1001 to 1005, 1007, 1008'),
  check(report) {
    if (taxOf(report) !== 'council tax') return nothing
    const existing = count(report.ExistingEntries)
    const proposed = count(report.ProposedEntries)
    const code = reasonCodeOf(report)
    switch (code) {
      case 'CR03':
        return [...expect(proposed === 1, code, 'oneProposed'), ...expect(existing === 0, code, 'noneExisting')]
      case 'CR04':
        return expect(existing + proposed === 1, code, 'oneExistingOrProposed')
      case 'CR05':
        return [
          ...expect(proposed >= 1, code, 'atLeastOneProposed'),
          ...expect(existing >= 1, code, 'atLeastOneExisting'),
        ]
      case 'CR12':
        return [...expect(existing === 1, code, 'oneExisting'), ...expect(proposed === 1, code, 'oneProposed')]
      default:
        return [...expect(existing === 1, code, 'oneExisting'), ...expect(proposed === 0, code, 'noneProposed')]
    }
  },
}

/** CR15 and CR16 were refused along with CR08, CR11 and CR13. */
export const codeInUse: ReportRule = {
  name: 'CodeInUse',
  source: voaBarUntil2020('1006'),
  check(report) {
    const value = reasonCodeOf(report)
    if (value !== 'CR15' && value !== 'CR16') return nothing
    const path = 'TypeOfTax/CtaxReasonForReport/ReasonForReportCode'
    const sentence = `The VOA may not act on a report with the reason ${value}.`
    return [{ code: voaCodes.notInUse, rule: 'CodeInUse', path, value, sentence }]
  },
}

/** Every report names the authority that sends it. */
export function identityNumberMatches(authority: string): ReportRule {
  return {
    name: 'IdentityNumberMatches',
    source: voaBarUntil2020('1010'),
    check({ BAidentityNumber: value }) {
      if (value === undefined || Number(value) === Number(authority)) return nothing
      const sentence = `The report is of billing authority ${value}, but it would be sent as one of ${authority}.`
      const code = voaCodes.billingAuthorityMismatch
      return [{ code, rule: 'IdentityNumberMatches', path: 'BAidentityNumber', value, sentence }]
    },
  }
}

const oldCharacters = /^['A-Z0-9\s\-&+.@():/]*$/

/** Upper case, digits and few signs: what the VOA's list system was made for. */
export const plainCharacters: ReportRule = {
  name: 'PlainCharacters',
  source: voaBarUntil2020('1000'),
  check({ Remarks: value = '' }) {
    // What the corrections have put behind the remarks is no concern of the officer's.
    if (oldCharacters.test(value.replace(/( - )?\[PROPOSED\] - \[.*\]$/, ''))) return nothing
    const sentence = 'The remarks hold small letters or signs that older systems at the VOA may not show.'
    return [{ code: voaCodes.character, rule: 'PlainCharacters', path: 'Remarks', value, sentence }]
  },
}

/** In the order in which they are told. `authority` is the code in the file's header. */
export function adviceRules(authority: string): readonly ReportRule[] {
  return [entryCounts, codeInUse, identityNumberMatches(authority), plainCharacters]
}

/** Warnings of all these rules. */
export function adviseOn(corrected: BApropertyReport, authority: string): readonly Finding[] {
  return adviceRules(authority).flatMap((rule) => rule.check(corrected))
}

const wanted = {
  oneProposed: 'exactly one proposed entry',
  noneExisting: 'no existing entry',
  oneExistingOrProposed: 'exactly one entry, existing or proposed',
  atLeastOneProposed: 'at least one proposed entry',
  atLeastOneExisting: 'at least one existing entry',
  oneExisting: 'exactly one existing entry',
  noneProposed: 'no proposed entry',
} as const

function expect(holds: boolean, reason: string, what: keyof typeof wanted): readonly Finding[] {
  if (holds) return nothing
  const sentence = `The VOA expects ${wanted[what]} in a report with the reason ${reason}.`
  return [{ code: voaCodes[what], rule: 'EntryCounts', path: '', sentence }]
}

function count(entries: Entries | undefined): number {
  return entries?.AssessmentProperties?.length ?? 0
}
