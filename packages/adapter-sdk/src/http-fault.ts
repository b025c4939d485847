import { PortreeveError } from '@portreeve/errors'

/** An answer other than the hoped-for one. */
export interface HttpFault {
  readonly status: number
  /** How long the system asks to be left alone. */
  readonly retryAfterMs?: number | undefined
}

/**
 * What an answer means by its status. Whatever may have come after the system did what it was asked (500, 502, 504, any status
 * that we do not know) leaves the outcome unknown. `retryAfterMs` stands in the details. `system` is the label of the instance.
 */
export function httpFault(
  { status, retryAfterMs }: HttpFault,
  { system, url }: { readonly system: string; readonly url: string },
): PortreeveError {
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
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

/** An answer that may stand for anything. */
export function unreadable(system: string, fault: string): PortreeveError {
  return new PortreeveError('PRV_ADAPTER_ANSWER_UNREADABLE', { system, fault })
}
