import { existingOnlyBusinessRates, proposedOnlyBusinessRates } from '../corrections/move-entries.ts'
import { reasonCodeOf } from '../raw/reason-code.ts'
import { voaBar } from '../rule-source.ts'
import { type Finding, nothing, type ReportRule } from './finding.ts'
import { voaCodes } from './voa-codes.ts'

/** CR01, CR02: a deletion names what is deleted. */
export const deletionHasExisting = needs('Cr01AndCr02MissingExistingEntryValidation', ['CR01', 'CR02'], 'existing')

/** CR03, CR04: a new entry says what it shall be. */
export const newHasProposed = needs('Cr03AndCr04MissingProposedEntryValidation', ['CR03', 'CR04'], 'proposed')

/** CR05, CR12: a reconstitution and a change of address have both sides. */
export const changeHasBoth = needs(
  'Cr05AndCr12MissingProposedEntryValidation',
  ['CR05', 'CR12'],
  'existing',
  'proposed',
)

/** CR06, 07, 09, 10, 14 need existing entries, whatever the VOA's name for the rule says. */
export const reviewHasExisting = needs(
  'Cr06AndCr07AndCr09AndCr10AndCr14MissingProposedEntryValidation',
  ['CR06', 'CR07', 'CR09', 'CR10', 'CR14'],
  'existing',
)

/** Business rates 01 to 04, written with two digits as the schema has them. */
export const newRatesHasProposed = needs(
  'Rt01AndRt04AndRt03AndRt04MissingProposedEntryValidation',
  proposedOnlyBusinessRates,
  'proposed',
)

/** Business rates 05 to 09 and 11. */
export const changedRatesHasExisting = needs(
  'Rt05AndRt06AndRt07AndRt08AndRt9AndRt11MissingExistingEntryValidation',
  existingOnlyBusinessRates,
  'existing',
)

function needs(name: string, codes: readonly string[], ...sides: readonly ('existing' | 'proposed')[]): ReportRule {
  return {
    name,
    source: voaBar('RulesValidationEngine', `${name.startsWith('Cr') ? 'Ct' : 'Ndr'}ValidationRules.${name}`),
    check(report) {
      const reason = reasonCodeOf(report)
      if (!codes.includes(reason)) return nothing
      return sides.flatMap((side): Finding[] => {
        const there = side === 'existing' ? report.ExistingEntries : report.ProposedEntries
        if (there !== undefined) return []
        const code = side === 'existing' ? voaCodes.atLeastOneExisting : voaCodes.atLeastOneProposed
        const sentence = `A report with the reason ${reason} needs at least one ${side} entry: add the property as it ${side === 'existing' ? 'is in the list' : 'shall be'}.`
        return [{ code, rule: name, path: '', sentence }]
      })
    },
  }
}
