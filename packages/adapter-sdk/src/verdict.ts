import type { RefusalProblem } from './adapter.ts'

/** What would become of one report of a document, were it received. */
export interface ReportVerdict {
  readonly kind: 'report'
  /** Place in the document, from 0. */
  readonly index: number
  /** What the submitter calls it, as in a `Refusal`. */
  readonly identity: Readonly<Record<string, string>>
  readonly verdict: 'sent' | 'corrected' | 'refused'
  /** What is put right before it is sent. May hold personal data. */
  readonly corrections: readonly {
    readonly rule: string
    readonly path: string
    /** Absent: nothing stood there, or nothing is left. */
    readonly before?: string
    readonly after?: string
  }[]
  /** Why it would be refused. */
  readonly problems: readonly RefusalProblem[]
  /** Refuse nothing. */
  readonly warnings: readonly RefusalProblem[]
}

/** What would become of the document as a whole; always the last verdict. */
export interface DocumentVerdict {
  readonly kind: 'document'
  /** What refuses it as a whole: nothing of it would be sent then, whatever was said of its reports. */
  readonly problems: readonly RefusalProblem[]
  /** Reports in each verdict. */
  readonly sent: number
  readonly corrected: number
  readonly refused: number
  /** Worth knowing, harmless. */
  readonly notes: readonly string[]
}

export type Verdict = ReportVerdict | DocumentVerdict

export interface ValidateOptions<Config> {
  /** Of the instance that would receive it. Absent: only what holds for every council is judged. */
  readonly config?: Config
  readonly onProgress?: (progress: { readonly bytesRead: number; readonly recordsRead: number }) => void
  readonly signal?: AbortSignal
}
