import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs'

/** What the service says of one report, or with `null` for a number of the document as a whole. */
export interface ReportErrors {
  readonly reportNumber: string | null
  readonly baTransaction: string | null
  /** Of both sides, sorted, each once. */
  readonly uprn: readonly string[]
  readonly errors: readonly { readonly errorCode: string; readonly values: readonly string[] }[]
}

/** A submission and the first answer to it. */
export interface Submission {
  readonly submissionId: string
  readonly batchId: string
  /** SHA-256 of the bytes as they came, lower-case hex. */
  readonly digest: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly status: 'Done' | 'Failed'
  readonly errors: readonly ReportErrors[]
  /** In the document's order; empty when it failed. */
  readonly taken: readonly ReportIdentity[]
}

export interface ReportIdentity {
  readonly reportNumber: string
  readonly baTransaction: string
  readonly uprn: readonly string[]
}

/** A report that took effect. */
export interface TakenReport extends ReportIdentity {
  /** From 1, over all submissions. */
  readonly sequence: number
  readonly submissionId: string
  readonly batchId: string
}

export interface Register {
  find(batchId: string): Submission | undefined
  /** Durable against a kill of the process once it returns; one line, so all of it or nothing. */
  add(submission: Submission): void
  submissions(): readonly Submission[]
  reports(): readonly TakenReport[]
}

export interface RegisterOptions {
  readonly file?: string | undefined
  readonly onTaken?: ((submission: Submission) => void) | undefined
}

/** What the service remembers; with a file, over restarts. A last line that a kill cut short was never answered: dropped. */
export function openRegister({ file, onTaken }: RegisterOptions = {}): Register {
  const submissions = new Map<string, Submission>()
  const reports: TakenReport[] = []
  const remember = (submission: Submission) => {
    submissions.set(submission.batchId, submission)
    const { submissionId, batchId } = submission
    for (const report of submission.taken) {
      reports.push({ ...report, sequence: reports.length + 1, submissionId, batchId })
    }
  }
  if (file !== undefined) for (const line of wholeLines(file)) remember(JSON.parse(line))
  return {
    find: (batchId) => submissions.get(batchId),
    add(submission) {
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(submission)}\n`)
      remember(submission)
      onTaken?.(submission)
    },
    submissions: () => [...submissions.values()],
    reports: () => [...reports],
  }
}

/** The file's lines; what follows the last line break is cut off the file. */
function wholeLines(file: string): string[] {
  if (!existsSync(file)) return []
  const bytes = readFileSync(file)
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end < bytes.byteLength) truncateSync(file, end)
  return bytes.toString('utf8', 0, end).split('\n').slice(0, -1)
}
