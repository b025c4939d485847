/** Exponential back-off with full jitter. */
export interface RetryPolicy {
  /** Upper end of the first delay. Default 1,000. */
  readonly baseDelayMs: number
  /** Upper end of every delay, but for what the receiver itself asks. Default 60,000. */
  readonly maxDelayMs: number
  /** From 0 up to, but not including, 1. */
  readonly random: () => number
}

export const defaultRetryPolicy: RetryPolicy = { baseDelayMs: 1000, maxDelayMs: 60_000, random: Math.random }

/** A decision that was taken: reading it does not take another one. */
export interface Retry {
  /** 1 for the first. */
  readonly attempt: number
  readonly delayMs: number
}

/**
 * What follows on `previous` (`null`: nothing failed before). The delay is drawn evenly between 0 and the doubled upper
 * end, so that many who failed together do not come back together; it is never shorter than the receiver asks.
 */
export function nextRetry(policy: RetryPolicy, previous: Retry | null, retryAfterMs = 0): Retry {
  const attempt = (previous?.attempt ?? 0) + 1
  const upperEndMs = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** Math.min(attempt - 1, 40))
  return { attempt, delayMs: Math.max(Math.floor(policy.random() * upperEndMs), retryAfterMs) }
}
