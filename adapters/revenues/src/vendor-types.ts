import type { Refusal } from '@portreeve/adapter-sdk'

/** What is known of a file so far: the content of its `.json` answer. */
export interface Answer {
  readonly fileName: string
  readonly digest: string
  /** Public reference of the submission, once known. */
  readonly reference?: string
  /** With `duplicate`, `reference` is that of the first copy. */
  readonly status: 'taken' | 'split' | 'refused' | 'duplicate'
  /** How many went on their way. */
  readonly reports?: number
  /** How many were refused here; what a receiver refuses later is in `refusedReports` only. */
  readonly refused?: number
  /** Why the file as a whole is refused. */
  readonly problems?: Refusal['problems']
  /** The first ones of the file, at most `maxListedReports`. */
  readonly refusedReports: readonly RefusedReport[]
}

export interface RefusedReport extends Pick<Refusal, 'identity' | 'problems'> {
  /** From 0. */
  readonly index: number
  readonly reference: string
}
