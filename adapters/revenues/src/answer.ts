import type { Refusal } from '@portreeve/adapter-sdk'

/** What is known of a file so far: the content of its `.json` answer. */
export interface Answer {
  readonly fileName: string
  readonly digest: string
  /** Public reference of the submission, once known. */
  readonly reference?: string
  /** With `duplicate`, `reference` is that of the first copy. */
  readonly status: 'taken' | 'split' | 'refused' | 'duplicate'
  readonly reports?: number
  readonly refused?: number
  /** Why the file as a whole is refused. */
  readonly problems?: Refusal['problems']
  readonly refusedReports: readonly RefusedReport[]
}

export interface RefusedReport extends Refusal {
  /** From 0. */
  readonly index: number
  readonly reference: string
}

/** Puts what is new to what was known. A report that is told of twice stands there once. */
export function mergeAnswer(
  known: Answer | null,
  news: Partial<Answer>,
  file: Pick<Answer, 'fileName' | 'digest'>,
): Answer {
  const reports = new Map(known?.refusedReports.map((report) => [report.index, report]))
  for (const report of news.refusedReports ?? []) reports.set(report.index, report)
  const refusedReports = [...reports.values()].sort((a, b) => a.index - b.index)
  return { status: 'taken', ...known, ...news, ...file, refusedReports }
}
