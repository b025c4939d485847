import type { CodeLists } from '../codes/code-lists.ts'
import type { BApropertyReport } from '../vendor-types.ts'

/** What a rule has found: a problem before it has a place in a file. */
export interface Finding {
  /** The VOA's number where it has one, else its name for the rule. */
  readonly code: string
  /** The VOA's name for the rule, or ours. */
  readonly rule: string
  /** From the report on, in Valuebill's names: `ProposedEntries/AssessmentProperties[2]/CurrentTax`. `''` is the report. */
  readonly path: string
  readonly value?: string
  readonly sentence: string
}

/** One business rule; it looks at a report that is already corrected. Pure. */
export interface ReportRule {
  readonly name: string
  /** Who says so, and where: file and name in the VOA's service, or the published schema's type. */
  readonly source: string
  readonly check: (report: BApropertyReport, codes?: CodeLists) => readonly Finding[]
}

export const nothing: readonly Finding[] = []
