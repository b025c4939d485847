import { reasonCodeOf } from '../raw/reason-code.ts'
import { voaBar } from '../rule-source.ts'
import type { AssessmentProperties, Entries } from '../vendor-types.ts'
import type { CorrectionRule } from './correction.ts'
import { propertyPath } from './edit-properties.ts'

const mark = '[PROPOSED] '
/** VBcommon-v3-1d.xsd, TextAddressStructure. */
const longestLine = 100
/** With the mark before it, it is as long as the schema allows. */
export const longestUnmarkedLine = longestLine - mark.length

/**
 * Council tax 8: the VOA's list system loses the proposed addresses of a reconstitution, so each proposed property is also
 * appended to the existing ones with `[PROPOSED] ` before every line of its address. The proposed entries stay. A line
 * which the mark would make longer than the schema allows goes without it; what is there already is not appended again. Left to a
 * service that corrects: it would append them once more.
 */
export const appendProposedEntries: CorrectionRule = {
  name: 'proposed-entries-beside-existing',
  source: voaBar('RulesCorrectionEngine', 'CtRules.Cr05CopyProposedEntriesToExistingEntries'),
  leftToService: true,
  correct(report) {
    const { ExistingEntries: existing, ProposedEntries: proposed } = report
    if (reasonCodeOf(report) !== 'CR05' || existing === undefined || proposed === undefined) return null
    const there = new Set((existing.AssessmentProperties ?? []).map(fingerprint))
    const added = (proposed.AssessmentProperties ?? [])
      .map(marked)
      .filter((property) => !there.has(fingerprint(property)))
    if (added.length === 0) return null

    const before = existing.AssessmentProperties ?? []
    const entries: Entries = { ...existing, AssessmentProperties: [...before, ...added] }
    return {
      report: { ...report, ExistingEntries: entries },
      changes: added.map((property, index) => ({
        path: propertyPath('ExistingEntries', before.length + index),
        after: property.PropertyIdentity?.TextAddress?.AddressLine?.join(', ') ?? '',
      })),
    }
  },
}

function marked(property: AssessmentProperties): AssessmentProperties {
  const address = property.PropertyIdentity?.TextAddress
  if (address?.AddressLine === undefined) return property
  const lines = address.AddressLine.map((line) => (line.length > longestUnmarkedLine ? line : mark + line))
  return {
    ...property,
    PropertyIdentity: { ...property.PropertyIdentity, TextAddress: { ...address, AddressLine: lines } },
  }
}

/** Postcodes are put right after this rule, so they cannot tell one property from another. */
function fingerprint(property: AssessmentProperties): string {
  const identity = property.PropertyIdentity
  return JSON.stringify([identity?.BAreference, identity?.TextAddress?.AddressLine])
}
