import type { Outcome } from '@portreeve/adapter-sdk'
import { type Violation, violationOf } from '@portreeve/endpoints'
import { PortreeveError } from '@portreeve/errors'
import type { Candidate } from '@portreeve/model'

/** Nobody, or several, match the person: a person has to say who is meant. */
export function notMatched(
  system: string,
  { several, candidates }: { readonly several: boolean; readonly candidates: readonly Candidate[] },
): Outcome {
  const { code, message: reason } = several
    ? new PortreeveError('PRV_ADAPTER_PERSON_AMBIGUOUS', { system, count: candidates.length })
    : new PortreeveError('PRV_ADAPTER_PERSON_NOT_FOUND', { system })
  return { state: 'refused', code, reason, ...(candidates.length > 0 && { candidates }) }
}

/** It asks for no wait: the database is there. */
export function neverSeen(system: string, id: string): Outcome {
  const error = new PortreeveError('PRV_ADAPTER_NEVER_SEEN', { system, id })
  return { state: 'not-taken', error: error.toJSON(), retryAfterMs: 0 }
}

/**
 * A rule of their tables that a change broke. That the account must be there is one of them: then it has gone since it was
 * found. Anything else is no refusal of theirs, and is thrown on.
 */
export function refusalOf(fault: unknown, system: string): Outcome {
  const violation: Violation | null = violationOf(fault)
  if (violation === null) throw fault
  if (violation === 'foreign-key') return notMatched(system, { several: false, candidates: [] })
  const { message: reason } = new PortreeveError('PRV_ADAPTER_REFUSED', { system, code: violation })
  return { state: 'refused', code: violation, reason }
}

/** The row is there or is not, but the database showed it to nobody. */
export function notShown(system: string): PortreeveError {
  return new PortreeveError('PRV_ADAPTER_ANSWER_UNREADABLE', { system, fault: 'the row that was written is not there' })
}
