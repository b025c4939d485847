import type { ReportRefused } from './report-refused.ts'

/** What a receiver said no with. */
export interface ReceiverRefusal {
  /** `<route>.<label>`. */
  readonly receiver: string
  readonly code: string
  /** Without personal data. */
  readonly reason: string
}

/**
 * A report that a receiver refused after it was sent, as the body of `valuation.report.refused`, so that whoever sent it
 * is told like of one that was refused here. `null` when `report` is no canonical billing authority report.
 */
export function refusedByReceiver(report: unknown, { receiver, code, reason }: ReceiverRefusal): ReportRefused | null {
  const { submission, baReportNumber, transactionIdentityBA } = partsOf(report)
  const { fileName, digest, inbox, index } = partsOf(submission)
  if (typeof fileName !== 'string' || typeof digest !== 'string' || typeof index !== 'number') return null
  const identity = {
    ...(typeof baReportNumber === 'string' && { baReportNumber }),
    ...(typeof transactionIdentityBA === 'string' && { transactionIdentityBA }),
  }
  const problem = { code, path: '/', rule: `refused by ${receiver}`, sentence: reason }
  return { fileName, digest, ...(typeof inbox === 'string' && { inbox }), index, identity, problems: [problem] }
}

function partsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
