import { reasonCodeOf } from '../raw/reason-code.ts'
import { voaBar } from '../rule-source.ts'
import type { Entries } from '../vendor-types.ts'
import type { CorrectionRule } from './correction.ts'
import type { Side } from './edit-properties.ts'

const codes = ['CR05', 'CR12']

/**
 * Council tax 7: a reconstitution and a change of address have both sides; a missing one is copied from the other, the
 * property's identity whole. (The service copies text address and BA reference only, and loses the UPRN.) Band, description
 * and occupier stay with the side that they were given for.
 */
export const copyMissingSide: CorrectionRule = {
  name: 'both-sides',
  source: voaBar('RulesCorrectionEngine', 'CtRules.Cr05AndCr12MissingAnyEntry'),
  correct(report) {
    if (!codes.includes(reasonCodeOf(report))) return null
    const { ExistingEntries: existing, ProposedEntries: proposed } = report
    const given = existing ?? proposed
    if (given === undefined || (existing !== undefined && proposed !== undefined)) return null
    const from: Side = existing === undefined ? 'ProposedEntries' : 'ExistingEntries'
    const missing: Side = existing === undefined ? 'ExistingEntries' : 'ProposedEntries'
    return {
      report: { ...report, [missing]: identitiesOf(given) },
      changes: [{ path: missing, after: `as ${from}` }],
    }
  },
}

function identitiesOf(entries: Entries): Entries {
  const properties = entries.AssessmentProperties?.map((property) =>
    property.PropertyIdentity === undefined ? {} : { PropertyIdentity: property.PropertyIdentity },
  )
  return properties === undefined ? {} : { AssessmentProperties: properties }
}
