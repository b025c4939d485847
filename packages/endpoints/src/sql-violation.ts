import { isPortreeveError } from '@portreeve/errors'

export const violations = ['unique', 'foreign-key', 'not-null', 'check', 'other'] as const

/** Which kind of rule of the database forbade it. */
export type Violation = (typeof violations)[number]

/** The rule that was broken, of an error of `SqlDatabase`; `null` for any other error. */
export function violationOf(error: unknown): Violation | null {
  if (!isPortreeveError(error, 'PRV_ENDPOINTS_SQL_CONSTRAINT')) return null
  return violations.find((kind) => kind === error.details.kind) ?? 'other'
}
