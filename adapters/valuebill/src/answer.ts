/** What the VOA's service says of a submission: all of it is done, or none. */
export interface SubmissionAnswer {
  readonly submissionId: string
  readonly status: 'Done' | 'Failed'
  readonly errors: readonly ReportErrors[]
}

/** Errors of one report, or of the submission when it names none. */
export interface ReportErrors {
  /** `BAreportNumber`. */
  readonly reportNumber: string | null
  /** `TransactionIdentityBA`. */
  readonly baTransaction: string | null
  readonly errors: readonly { readonly errorCode: string; readonly values: readonly string[] }[]
}

/** Reads an answer's JSON; a sentence says why it is none. Unknown members are left aside. */
export function readAnswer(body: Uint8Array): SubmissionAnswer | string {
  if (body.byteLength === 0) return 'it is empty'
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return 'it is no JSON'
  }
  if (!isObject(value) || typeof value.submissionId !== 'string') return 'it has no submissionId'
  const { submissionId, status } = value
  if (status !== 'Done' && status !== 'Failed') return 'its status is neither Done nor Failed'
  const errors = Array.isArray(value.errors) ? value.errors.map(readErrors) : []
  return { submissionId, status, errors }
}

function readErrors(value: unknown): ReportErrors {
  if (!isObject(value)) return { reportNumber: null, baTransaction: null, errors: [] }
  return {
    reportNumber: text(value.reportNumber),
    baTransaction: text(value.baTransaction),
    errors: Array.isArray(value.errors) ? value.errors.filter(isObject).map(readError) : [],
  }
}

function readError(value: Record<string, unknown>): ReportErrors['errors'][number] {
  const values = Array.isArray(value.values) ? value.values.map(String) : []
  const code = text(value.errorCode)
  // A code is shown and kept; a sentence in its place might hold anything.
  return { errorCode: code !== null && /^[\w.-]{1,20}$/.test(code) ? code : '5000', values }
}

function text(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
