import type { AssessmentProperties, BApropertyReport, Entries } from '../vendor-types.ts'
import type { Change, Corrected } from './correction.ts'

/** A side of a report. */
export type Side = 'ExistingEntries' | 'ProposedEntries'

export interface EditedProperty {
  readonly property: AssessmentProperties
  /** Paths begin below the property: `CurrentTax/CouncilTaxBand`. */
  readonly changes: readonly Change[]
}

/** Edits every property of both sides; `null` from `edit` leaves it, and the whole is `null` when all were left. */
export function editProperties(
  report: BApropertyReport,
  edit: (property: AssessmentProperties) => EditedProperty | null,
): Corrected | null {
  const changes: Change[] = []
  const existing = editSide('ExistingEntries', report.ExistingEntries, edit, changes)
  const proposed = editSide('ProposedEntries', report.ProposedEntries, edit, changes)
  if (existing === undefined && proposed === undefined) return null
  return {
    report: {
      ...report,
      ...(existing && { ExistingEntries: existing }),
      ...(proposed && { ProposedEntries: proposed }),
    },
    changes,
  }
}

function editSide(
  side: Side,
  entries: Entries | undefined,
  edit: (property: AssessmentProperties) => EditedProperty | null,
  changes: Change[],
): Entries | undefined {
  const properties = entries?.AssessmentProperties
  if (properties === undefined) return undefined
  let edited: AssessmentProperties[] | undefined
  for (const [index, property] of properties.entries()) {
    const result = edit(property)
    if (result === null) continue
    edited ??= [...properties]
    edited[index] = result.property
    for (const change of result.changes) {
      changes.push({ ...change, path: `${propertyPath(side, index)}/${change.path}` })
    }
  }
  return edited && { ...entries, AssessmentProperties: edited }
}

/** `index` counts from 0, the path from 1. */
export function propertyPath(side: Side, index: number): string {
  return `${side}/AssessmentProperties[${index + 1}]`
}
