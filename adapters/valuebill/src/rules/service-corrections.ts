import { longestRemarks } from '../corrections/append-proposed-address.ts'
import { longestUnmarkedLine } from '../corrections/append-proposed-entries.ts'
import { propertyPath } from '../corrections/edit-properties.ts'
import { reasonCodeOf, taxOf } from '../raw/reason-code.ts'
import { publishedSchema, voaBar } from '../rule-source.ts'
import { type Finding, nothing, type ReportRule } from './finding.ts'
import { voaCodes } from './voa-codes.ts'

/** Council tax 9 at the service: it checks the remarks after it has written the proposed address of a CR12 into them. */
export const roomForProposedAddress: ReportRule = {
  name: 'RemarksValidationTooLong',
  source: voaBar('RulesCorrectionEngine', 'CtRules.Cr12CopyProposedEntriesToRemarks'),
  check(report) {
    const { Remarks: value = '' } = report
    const address = report.ProposedEntries?.AssessmentProperties?.[0]?.PropertyIdentity?.TextAddress
    if (taxOf(report) !== 'council tax' || reasonCodeOf(report) !== 'CR12' || address === undefined) return nothing
    // The service's own words for a missing postcode.
    const parts = [...(address.AddressLine ?? []), address.Postcode ?? 'null']
    const room = longestRemarks - ` - [PROPOSED] - [${parts.join(',')}]`.length
    if (value.length <= room || value.length > longestRemarks) return nothing
    const told = `The VOA writes the proposed address behind the remarks, ${longestRemarks} characters in all: shorten`
    const sentence =
      room < 2 ? `${told} the address.` : `${told} the remarks from ${value.length} characters to ${room}.`
    return [{ code: 'RemarksValidationTooLong', rule: 'RemarksValidationTooLong', path: 'Remarks', value, sentence }]
  },
}

/** Council tax 8 at the service: its schema finds the lines too long that it has marked itself, and refuses all reports. */
export const roomForMark: ReportRule = {
  name: 'room for [PROPOSED]',
  source: `${voaBar('RulesCorrectionEngine', 'CtRules.Cr05CopyProposedEntriesToExistingEntries')}; ${publishedSchema('VBcommon', 'TextAddressStructure')}`,
  check(report) {
    if (taxOf(report) !== 'council tax' || reasonCodeOf(report) !== 'CR05') return nothing
    const found: Finding[] = []
    for (const [index, property] of (report.ProposedEntries?.AssessmentProperties ?? []).entries()) {
      for (const [at, value] of (property.PropertyIdentity?.TextAddress?.AddressLine ?? []).entries()) {
        if (value.length <= longestUnmarkedLine) continue
        const path = `${propertyPath('ProposedEntries', index)}/PropertyIdentity/TextAddress/AddressLine[${at + 1}]`
        const sentence = `The VOA writes [PROPOSED] before this line of ${value.length} characters: shorten it to ${longestUnmarkedLine}.`
        found.push({ code: voaCodes.schema, rule: 'room for [PROPOSED]', path, value, sentence })
      }
    }
    return found
  },
}

/** What a service that corrects would make of a good report, so that it would refuse it. */
export const serviceCorrectionRules: readonly ReportRule[] = [roomForProposedAddress, roomForMark]
