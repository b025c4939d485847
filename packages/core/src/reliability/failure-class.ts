import { catalogueEntry, type ErrorJson, type FailureClass, isPortreeveError, PortreeveError } from '@portreeve/errors'

/** Why something did not work, and what that means for who waits. */
export interface Failure {
  readonly failureClass: FailureClass
  readonly error: ErrorJson
  /** How long the receiver asks to be left alone. */
  readonly retryAfterMs?: number
}

export function failureOf(error: ErrorJson, retryAfterMs?: number): Failure {
  const { failureClass } = catalogueEntry(error.code)
  return { failureClass, error, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/**
 * What an adapter threw. An error of the catalogue means what it says, with the wait of its detail `retryAfterMs`. Anything else is a fault
 * of the adapter, of which nobody knows when it struck: the outcome is unknown. Its text may hold anything, so only its name
 * is kept.
 */
export function failureThrown(receiver: string, thrown: unknown): Failure {
  if (!isPortreeveError(thrown)) {
    const fault = thrown instanceof Error ? thrown.name : typeof thrown
    return failureOf(new PortreeveError('PRV_CORE_ADAPTER_FAULT', { receiver, fault }).toJSON())
  }
  const { retryAfterMs } = thrown.details
  return failureOf(thrown.toJSON(), typeof retryAfterMs === 'number' ? retryAfterMs : undefined)
}

/**
 * True when the receiver as a whole has to wait: no other message would fare better. One that asks for no wait at all is
 * there, and took nothing for its neighbours' sake.
 */
export function pausesReceiver({ failureClass, retryAfterMs }: Failure): boolean {
  if (retryAfterMs === 0) return false
  return failureClass === 'target-down' || failureClass === 'overload' || failureClass === 'operator'
}
