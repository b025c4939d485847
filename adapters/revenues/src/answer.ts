import type { Refusal } from '@portreeve/adapter-sdk'
import type { Answer, RefusedReport } from './vendor-types.ts'

/** A file of which everything is refused may have a hundred thousand reports; nobody reads more than this. */
export const maxListedReports = 1000

/** Puts what is new to what was known. A report that is told of twice stands there once. */
export function mergeAnswer(
  known: Answer | null,
  news: Partial<Answer>,
  file: Pick<Answer, 'fileName' | 'digest'>,
): Answer {
  const reports = new Map(known?.refusedReports.map((report) => [report.index, report]))
  for (const report of news.refusedReports ?? []) reports.set(report.index, report)
  const refusedReports = [...reports.values()].sort((a, b) => a.index - b.index).slice(0, maxListedReports)
  const { reference, status, reports: sent, refused, problems } = { status: 'taken' as const, ...known, ...news }
  // Always in this order: the same news make the same bytes, whichever came first.
  return {
    ...file,
    ...(reference !== undefined && { reference }),
    status,
    ...(sent !== undefined && { reports: sent }),
    ...(refused !== undefined && { refused }),
    ...(problems !== undefined && { problems }),
    refusedReports,
  }
}

/** Whether it is an answer about the file of this digest: a person may have changed what lies there. */
export function isAnswer(value: unknown, digest: string): value is Answer {
  return (
    isRecord(value) &&
    value.digest === digest &&
    typeof value.fileName === 'string' &&
    isOneOf(value.status, ['taken', 'split', 'refused', 'duplicate']) &&
    isOneOf(typeof value.reference, ['string', 'undefined']) &&
    isOneOf(typeof value.reports, ['number', 'undefined']) &&
    isOneOf(typeof value.refused, ['number', 'undefined']) &&
    (value.problems === undefined || areProblems(value.problems)) &&
    Array.isArray(value.refusedReports) &&
    value.refusedReports.every(isRefusedReport)
  )
}

function isRefusedReport(value: unknown): value is RefusedReport {
  return (
    isRecord(value) &&
    Number.isSafeInteger(value.index) &&
    typeof value.reference === 'string' &&
    isRecord(value.identity) &&
    areProblems(value.problems)
  )
}

function areProblems(value: unknown): value is Refusal['problems'] {
  return (
    Array.isArray(value) &&
    value.every(
      (problem: unknown) =>
        isRecord(problem) &&
        typeof problem.code === 'string' &&
        typeof problem.sentence === 'string' &&
        typeof problem.rule === 'string' &&
        isOneOf(typeof problem.line, ['number', 'undefined']),
    )
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOneOf(value: unknown, allowed: readonly string[]): boolean {
  return typeof value === 'string' && allowed.includes(value)
}
