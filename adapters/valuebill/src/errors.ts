import { type HttpResponse, retryAfter } from '@portreeve/endpoints'
import { PortreeveError } from '@portreeve/errors'
import { readAnswer, type SubmissionAnswer } from './answer.ts'

/** What the fault is about. */
export interface Exchange {
  readonly url: string
  /** `BA` and four digits. */
  readonly user: string
  readonly submissionId: string
  readonly reports: number
  readonly sizeBytes: number
}

/** A fault of theirs in our words, and how long they ask us to wait. */
export interface Fault {
  readonly error: PortreeveError
  readonly retryAfterMs?: number
}

/**
 * An answer's meaning, by its status. Whatever may have come after the service took the document (500, 502, 504, an
 * answer that cannot be read, any status that we do not know) leaves the outcome unknown.
 */
export function readResponse(response: HttpResponse, exchange: Exchange, now: Date): SubmissionAnswer | Fault {
  const { status, headers, body } = response
  const { url, user, submissionId, reports, sizeBytes } = exchange
  const waitMs = retryAfter(headers, now)
  const wait = waitMs === undefined ? {} : { retryAfterMs: waitMs }
  switch (status) {
    case 200:
    case 201:
    case 202: {
      const answer = readAnswer(body)
      if (typeof answer !== 'string') return answer
      return { error: new PortreeveError('PRV_VALUEBILL_ANSWER_UNREADABLE', { fault: answer, submissionId }) }
    }
    case 400:
    case 405:
    case 415:
      return { error: new PortreeveError('PRV_VALUEBILL_NOT_TAKEN', { status }) }
    case 401:
    case 403:
      return { error: new PortreeveError('PRV_VALUEBILL_LOGIN', { user, status }) }
    case 404:
      return { error: new PortreeveError('PRV_VALUEBILL_NOT_FOUND', { url, status }) }
    case 409:
      return { error: new PortreeveError('PRV_VALUEBILL_OTHER_BYTES', { submissionId }) }
    case 413:
      return { error: new PortreeveError('PRV_VALUEBILL_TOO_LARGE', { reports, sizeBytes, status }) }
    case 429:
      return { error: new PortreeveError('PRV_VALUEBILL_BUSY'), ...wait }
    case 503:
      return { error: new PortreeveError('PRV_VALUEBILL_UNAVAILABLE'), ...wait }
    default:
      return { error: new PortreeveError('PRV_VALUEBILL_FAULT', { status, submissionId }) }
  }
}

export function isFault(result: object): result is Fault {
  return 'error' in result
}
