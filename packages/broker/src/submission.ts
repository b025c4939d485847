import { PortreeveError } from '@portreeve/errors'

/** Body of `valuation.submission.received` and its like: a document that lies in the claim check. */
export interface Submission {
  readonly fileName: string
  /** SHA-256, lower-case hex: the claim. */
  readonly digest: string
  readonly sizeBytes: number
  /** Label of the inbox that it came through: its news name it, so that a route can bring them there. */
  readonly inbox?: string
}

/** Rejects with `PRV_BROKER_SUBMISSION_BODY` what is no such body. */
export function readSubmission(body: Uint8Array): Submission {
  const value: unknown = parse(body)
  if (isSubmission(value)) return value
  throw new PortreeveError('PRV_BROKER_SUBMISSION_BODY')
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

function isSubmission(value: unknown): value is Submission {
  if (typeof value !== 'object' || value === null) return false
  const { fileName, digest, sizeBytes, inbox } = value as Partial<Record<keyof Submission, unknown>>
  return (
    typeof fileName === 'string' &&
    typeof digest === 'string' &&
    /^[0-9a-f]{64}$/.test(digest) &&
    Number.isSafeInteger(sizeBytes) &&
    (inbox === undefined || typeof inbox === 'string')
  )
}

/** What every message about the document or one of its records says of it. */
export function fileOf({ fileName, digest, inbox }: Submission): Pick<Submission, 'fileName' | 'digest' | 'inbox'> {
  return { fileName, digest, ...(inbox !== undefined && { inbox }) }
}
