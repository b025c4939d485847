import type { Outcome } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import type { ReportErrors, SubmissionAnswer } from './answer.ts'
import { type CodeLists, ourCodeLists } from './codes/code-lists.ts'

/** By what the service tells one report of a submission from another. */
export interface ReportIdentity {
  readonly reportNumber: string
  readonly baTransaction: string
}

/**
 * What an answer means for each report of the submission, in order. The service takes all or none: in a failed submission a
 * report without errors was not taken, and is worth sending again at once, without the refused ones. When no report of ours
 * is to blame, none was taken until a person has put right what is wrong: PRV_VALUEBILL_SUBMISSION_REFUSED.
 */
export function readOutcomes(
  answer: SubmissionAnswer,
  reports: readonly ReportIdentity[],
  codes: CodeLists = ourCodeLists,
): readonly Outcome[] {
  if (answer.status === 'Done') {
    return reports.map((): Outcome => ({ state: 'delivered', proof: answer.submissionId }))
  }
  const refused = refusedReports(answer)
  const errorsOf = (report: ReportIdentity) => refused.get(identityKey(report.reportNumber, report.baTransaction))
  const count = reports.filter((report) => errorsOf(report) !== undefined).length
  if (count === 0) {
    const codes = [...new Set(answer.errors.flatMap(({ errors }) => errors.map((error) => error.errorCode)))]
    const details = { codes: codes.join(', ') || 'no reason given' }
    const error = new PortreeveError('PRV_VALUEBILL_SUBMISSION_REFUSED', details).toJSON()
    return reports.map((): Outcome => ({ state: 'not-taken', error }))
  }
  const waiting = notTaken(count)
  return reports.map((report): Outcome => {
    const errors = errorsOf(report)
    return errors === undefined ? waiting : refusedBy(errors, codes)
  })
}

/** True when the service took none of the reports and blames none of them. */
export function isRefusedAsWhole(answer: SubmissionAnswer, reports: readonly ReportIdentity[]): boolean {
  const refused = refusedReports(answer)
  return (
    answer.status === 'Failed' &&
    !reports.some(({ reportNumber, baTransaction }) => refused.has(identityKey(reportNumber, baTransaction)))
  )
}

function refusedReports({ errors: all }: SubmissionAnswer): ReadonlyMap<string, ReportErrors> {
  const refused = new Map<string, ReportErrors>()
  for (const errors of all) {
    const { reportNumber, baTransaction } = errors
    if (reportNumber !== null && errors.errors.length > 0) {
      refused.set(identityKey(reportNumber, baTransaction), errors)
    }
  }
  return refused
}

/** Outcome of a good report whose batch had `refused` bad ones. */
export function notTaken(refused: number): Outcome {
  const error = new PortreeveError('PRV_VALUEBILL_NEIGHBOUR_REFUSED', { refused }).toJSON()
  return { state: 'not-taken', error, retryAfterMs: 0 }
}

/** The values that the service names stay out: a reason is kept in the ledger, which holds no personal data. */
function refusedBy({ errors }: ReportErrors, { ServiceErrorCode: meanings }: CodeLists): Outcome {
  const codes = [...new Set(errors.map(({ errorCode }) => errorCode))]
  const reason = codes
    .map((code) => `${codes.length > 1 ? `${code}: ` : ''}${meaningOf(code, meanings.get(code))}`)
    .join(' ')
  return { state: 'refused', code: codes[0] ?? '5000', reason }
}

/** A rule that the service only names is its own name. */
function meaningOf(code: string, meanings: readonly string[] | undefined): string {
  if (meanings !== undefined) return meanings.join(' ')
  return /^\d+$/.test(code) ? `The VOA gave no meaning for ${code}.` : `The rule ${code} is broken.`
}

/** Equal for what the service does not tell apart. White space at the ends may have gone on the way. */
export function identityKey(reportNumber: string | null, baTransaction: string | null): string {
  return JSON.stringify([reportNumber?.trim() ?? '', baTransaction?.trim() ?? ''])
}
