import { httpFault } from '@portreeve/adapter-sdk'
import { type HttpResponse, retryAfter } from '@portreeve/endpoints'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'

/** Who answered, where and when. */
export interface Exchange {
  /** Label of the instance. */
  readonly system: string
  readonly url: string
  readonly now: Date
}

/** What an answer other than the hoped-for one means. */
export function faultOf({ status, headers }: HttpResponse, { system, url, now }: Exchange): PortreeveError {
  return httpFault({ status, retryAfterMs: retryAfter(headers, now) }, { system, url })
}

/** Of a question that was asked before anything was sent: without an answer, nothing was taken. */
export async function beforeSending<Answer>(system: string, question: Promise<Answer>): Promise<Answer> {
  try {
    return await question
  } catch (error) {
    if (!isPortreeveError(error) || error.failureClass !== 'unknown-outcome') throw error
    throw new PortreeveError('PRV_ADAPTER_UNAVAILABLE', { system, fault: error.code }, { cause: error })
  }
}
