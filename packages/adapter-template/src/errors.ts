import { type HttpResponse, retryAfter } from '@portreeve/endpoints'
import { PortreeveError } from '@portreeve/errors'

/** Who answered, where and when. */
export interface Exchange {
  /** Label of the instance. */
  readonly system: string
  readonly url: string
  readonly now: Date
}

/**
 * What an answer other than the hoped-for one means, by its status. Whatever may have come after the system did what it was
 * asked (500, 502, 504, any status that we do not know) leaves the outcome unknown. `retryAfterMs` stands in the details.
 */
export function faultOf({ status, headers }: HttpResponse, { system, url, now }: Exchange): PortreeveError {
  const waitMs = retryAfter(headers, now)
  const wait = waitMs === undefined ? {} : { retryAfterMs: waitMs }
  switch (status) {
    case 401:
    case 403:
      return new PortreeveError('PRV_ADAPTER_LOGIN', { system, status })
    case 404:
    case 405:
    case 415:
      return new PortreeveError('PRV_ADAPTER_NOT_THERE', { system, url, status })
    case 429:
      return new PortreeveError('PRV_ADAPTER_BUSY', { system, status, ...wait })
    case 503:
      return new PortreeveError('PRV_ADAPTER_UNAVAILABLE', { system, fault: 'HTTP 503', ...wait })
    default:
      return new PortreeveError('PRV_ADAPTER_FAULT', { system, status })
  }
}

export function unreadable(system: string, fault: string): PortreeveError {
  return new PortreeveError('PRV_ADAPTER_ANSWER_UNREADABLE', { system, fault })
}
