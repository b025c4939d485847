import type { BApropertyReport } from '../vendor-types.ts'

/** One thing that a correction changed. May hold personal data: it belongs in the message, never in a log. */
export interface Change {
  /** From the report on: `ProposedEntries/AssessmentProperties[2]/PropertyIdentity/TextAddress/Postcode`. */
  readonly path: string
  /** As it was. Absent where there was nothing. */
  readonly before?: string
  /** As it is sent. Absent where it was left out. */
  readonly after?: string
}

/** What was changed, and by which rule. */
export interface Correction extends Change {
  readonly rule: string
}

export interface Corrected {
  readonly report: BApropertyReport
  readonly changes: readonly Change[]
}

/** Puts one thing right. Pure; `null` when there is nothing to put right. Applied twice, it changes nothing more. */
export interface CorrectionRule {
  readonly name: string
  /** Who does so, and where: file and name in the VOA's service, or the published schema's type. */
  readonly source: string
  /** True for what a service that corrects would do a second time. All else it finds put right, and leaves. */
  readonly leftToService?: boolean
  readonly correct: (report: BApropertyReport) => Corrected | null
}
