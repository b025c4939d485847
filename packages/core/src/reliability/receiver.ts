import type { Message } from '@portreeve/envelope'
import { type ErrorJson, PortreeveError } from '@portreeve/errors'
import type { Candidate } from '@portreeve/model'
import type { Clock } from './clock.ts'
import { type Failure, failureOf, failureThrown } from './failure-class.ts'

/** What became of one message; an adapter's `Outcome`. */
export type SendOutcome =
  | { readonly state: 'delivered'; readonly proof: string }
  | {
      readonly state: 'refused'
      readonly code: string
      readonly reason: string
      readonly candidates?: readonly Candidate[]
    }
  | { readonly state: 'not-taken'; readonly error: ErrorJson; readonly retryAfterMs?: number }
  | { readonly state: 'unknown'; readonly error: ErrorJson }

/** The same id always stands for the same messages in the same order. */
export interface SendBatch {
  readonly id: string
  readonly messages: readonly Message[]
}

/** The other side, as `Adapter` of the adapter SDK speaks to it. */
export interface Receiver {
  /** `<route>.<label>`: as the consumer group is called. */
  readonly name: string
  /** One outcome per message, same order. Rejects only when it is sure that nothing was sent. */
  send(batch: SendBatch, signal: AbortSignal): Promise<readonly SendOutcome[]>
  /** What became of a batch sent earlier; `not-taken` when the receiver never saw it. Rejects when it brought no answer. */
  lookup?(batch: SendBatch, signal: AbortSignal): Promise<readonly SendOutcome[]>
  /** The same batch id sent twice takes effect once. */
  readonly idempotentSend: boolean
  /**
   * Within a batch, no message is taken when an earlier one was not taken or is unknown. Then messages with the same
   * key may share a batch. Default false: a batch holds one message of a key.
   */
  readonly keepsOrder?: boolean
}

/** An outcome with what its failure means. */
export type Verdict =
  | Extract<SendOutcome, { state: 'delivered' }>
  | Extract<SendOutcome, { state: 'refused' }>
  | { readonly state: 'not-taken'; readonly failure: Failure }
  | { readonly state: 'unknown'; readonly failure: Failure }

export interface Answer {
  /** One per message, same order, whatever the adapter did. */
  readonly verdicts: readonly Verdict[]
  /** Set when the adapter threw. */
  readonly thrown: Failure | null
}

/** How long an adapter may take to come back once the signal has aborted. */
const abortGraceMs = 5000

/** Calls the adapter and takes whatever comes back, or does not, for what it must mean. Never rejects. */
export async function answerOf(
  receiver: Receiver,
  call: 'send' | 'lookup',
  batch: SendBatch,
  clock: Clock,
  signal: AbortSignal,
): Promise<Answer> {
  const all = (verdict: Verdict) => batch.messages.map(() => verdict)
  try {
    const outcomes = await settled(receiver[call]?.(batch, signal) ?? Promise.resolve([]), clock, signal)
    if (!Array.isArray(outcomes) || outcomes.length !== batch.messages.length) {
      throw new PortreeveError('PRV_CORE_ADAPTER_OUTCOMES', {
        receiver: receiver.name,
        found: Array.isArray(outcomes) ? outcomes.length : 0,
        expected: batch.messages.length,
      })
    }
    return { verdicts: outcomes.map(verdictOf), thrown: null }
  } catch (error) {
    const thrown = failureThrown(receiver.name, error)
    if (thrown.failureClass === 'already-done') {
      return { verdicts: all({ state: 'delivered', proof: thrown.error.message }), thrown: null }
    }
    // A look-up that failed says nothing about what was sent before it.
    const isUnknown = call === 'lookup' || thrown.failureClass === 'unknown-outcome'
    return { verdicts: all({ state: isUnknown ? 'unknown' : 'not-taken', failure: thrown }), thrown }
  }

  function verdictOf(outcome: SendOutcome): Verdict {
    if (outcome.state === 'delivered' || outcome.state === 'refused') return outcome
    const failure = failureOf(outcome.error, outcome.state === 'not-taken' ? outcome.retryAfterMs : undefined)
    if (failure.failureClass === 'already-done') return { state: 'delivered', proof: outcome.error.message }
    return { state: outcome.state, failure }
  }

  async function settled(promise: Promise<readonly SendOutcome[]>, clock: Clock, signal: AbortSignal) {
    const late = Promise.withResolvers<never>()
    const over = new AbortController()
    const stop = async () => {
      await clock.sleep(abortGraceMs, over.signal)
      late.reject(new PortreeveError('PRV_CORE_ADAPTER_FAULT', { receiver: receiver.name, fault: 'it does not stop' }))
    }
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) void stop()
    try {
      return await Promise.race([promise, late.promise])
    } finally {
      signal.removeEventListener('abort', stop)
      over.abort()
    }
  }
}

export function isAdapterFault(failure: Failure): boolean {
  return failure.error.code === 'PRV_CORE_ADAPTER_FAULT' || failure.error.code === 'PRV_CORE_ADAPTER_OUTCOMES'
}
