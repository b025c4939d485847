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

/** Of a question about what the CRM has in hand already: whatever went wrong, it may have been taken. */
export async function afterTaking<Answer>(system: string, question: Promise<Answer>): Promise<Answer> {
  try {
    return await question
  } catch (error) {
    if (!isPortreeveError(error)) throw error
    throw pending(system, error.code, error)
  }
}

export function pending(system: string, fault: string, cause?: unknown): PortreeveError {
  return new PortreeveError('PRV_CRM_OPEN311_PENDING', { system, fault }, { cause })
}
