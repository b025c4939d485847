import { reasonCodeOf } from '../raw/reason-code.ts'
import { voaBar } from '../rule-source.ts'
import type { BApropertyReport } from '../vendor-types.ts'
import type { Corrected, CorrectionRule } from './correction.ts'
import type { Side } from './edit-properties.ts'

/** Reasons that speak of a property that is in the list: existing entries alone. */
const existingOnlyCouncilTax = ['CR01', 'CR02', 'CR06', 'CR07', 'CR09', 'CR10', 'CR14']
/** Reasons that speak of a property that is to come into the list: proposed entries alone. */
const proposedOnlyCouncilTax = ['CR03', 'CR04']
export const existingOnlyBusinessRates = ['05', '06', '07', '08', '09', '11']
export const proposedOnlyBusinessRates = ['01', '02', '03', '04']

/** Council tax 3: what stands on the proposed side alone, for a reason about an existing property, is moved to the existing side. */
export const moveProposedToExisting = move(
  'CtRules.Cr01AndCr02AndCr06AndCr07AndCr09AndCr10AndCr14MissingExistingEntry',
  'ProposedEntries',
  'ExistingEntries',
  existingOnlyCouncilTax,
)

/** Council tax 4: a reason about an existing property has no proposed entries. */
export const dropProposed = drop(
  'CtRules.Cr01AndCr02AndCr06AndCr07AndCr09AndCr10AndCr14RemoveProposedEntries',
  'ProposedEntries',
  existingOnlyCouncilTax,
)

/** Council tax 5: a reason about a new property has no existing entries. */
export const dropExisting = drop(
  'CtRules.Cr03AndCr04BothProposedAndExistingEntries',
  'ExistingEntries',
  proposedOnlyCouncilTax,
)

/** Council tax 6: what stands on the existing side alone, for a reason about a new property, is moved to the proposed side. */
export const moveExistingToProposed = move(
  'CtRules.Cr03AndCr04MissingProposedEntry',
  'ExistingEntries',
  'ProposedEntries',
  proposedOnlyCouncilTax,
)

/** Business rates: as council tax 6, for codes 01 to 04. The service compares unpadded codes, so there it never fires. */
export const moveExistingToProposedRates = move(
  'NdrRules.Rt01AndRt02AndRt03AndRt04MissingProposedEntry',
  'ExistingEntries',
  'ProposedEntries',
  proposedOnlyBusinessRates,
)

/** Business rates: as council tax 3, for codes 05 to 09 and 11. In the service it fires for 11 alone. */
export const moveProposedToExistingRates = move(
  'NdrRules.Rt05AndRt06AndRt07AndRt08AndRt09AndRt11MissingExistingEntry',
  'ProposedEntries',
  'ExistingEntries',
  existingOnlyBusinessRates,
)

/** Business rates: as council tax 5, for codes 01 to 04. In the service it never fires. */
export const dropExistingRates = drop(
  'NdrRules.Rt01AndRt02AndRt03AndRt04RemoveExistingEntries',
  'ExistingEntries',
  proposedOnlyBusinessRates,
)

/** Business rates: as council tax 4, for codes 05 to 09 and 11. In the service it fires for 11 alone. */
export const dropProposedRates = drop(
  'NdrRules.Rt05AndRt06AndRt07AndRt08AndRt09AndRt11RemoveProposedEntries',
  'ProposedEntries',
  existingOnlyBusinessRates,
)

function move(source: string, from: Side, to: Side, codes: readonly string[]): CorrectionRule {
  return {
    name: from === 'ProposedEntries' ? 'proposed-entries-are-existing' : 'existing-entries-are-proposed',
    source: voaBar('RulesCorrectionEngine', source),
    correct(report) {
      const { [from]: entries, ...rest } = report
      if (entries === undefined || report[to] !== undefined || !codes.includes(reasonCodeOf(report))) return null
      return { report: { ...rest, [to]: entries }, changes: [{ path: from, before: from, after: to }] }
    },
  }
}

function drop(source: string, side: Side, codes: readonly string[]): CorrectionRule {
  const other: Side = side === 'ProposedEntries' ? 'ExistingEntries' : 'ProposedEntries'
  return {
    name: side === 'ProposedEntries' ? 'no-proposed-entries' : 'no-existing-entries',
    source: voaBar('RulesCorrectionEngine', source),
    correct(report) {
      if (report[other] === undefined || !codes.includes(reasonCodeOf(report))) return null
      return without(report, side)
    },
  }
}

function without(report: BApropertyReport, side: Side): Corrected | null {
  const { [side]: entries, ...rest } = report
  if (entries === undefined) return null
  const references = entries.AssessmentProperties?.map((property) => property.PropertyIdentity?.BAreference ?? '')
  return { report: rest, changes: [{ path: side, before: (references ?? []).join(', ') }] }
}
