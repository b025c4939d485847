import type { Message } from '@portreeve/envelope'
import { type ErrorCode, isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { OutgoingBatch } from './adapter.ts'
import type { Outcome } from './outcome.ts'

export interface SendEachOptions {
  /** Label of the instance, for what is told of it. */
  readonly system: string
  /**
   * Sends one message. May reject with an error of the catalogue, whose class says what became of it; its detail
   * `retryAfterMs` is how long the system asks to be left alone.
   */
  readonly sendOne: (message: Message, signal: AbortSignal) => Promise<Outcome>
}

/**
 * One message after the other, for a system that takes no batches; one outcome for each, in the batch's order. When the
 * system as a whole takes nothing, or gives no answer, those behind are not tried: a time-out each would hold up the rest.
 */
export async function sendEach(
  { messages }: OutgoingBatch,
  { system, sendOne }: SendEachOptions,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  let forTheRest: Outcome | null = null
  for (const message of messages) {
    const outcome: Outcome = forTheRest ?? (await outcomeOf(sendOne(message, signal)))
    outcomes.push(outcome)
    forTheRest ??= afterwards(outcome, system)
  }
  return outcomes
}

async function outcomeOf(sending: Promise<Outcome>): Promise<Outcome> {
  try {
    return await sending
  } catch (error) {
    if (!isPortreeveError(error)) throw error
    if (error.failureClass === 'unknown-outcome') return { state: 'unknown', error: error.toJSON() }
    const { retryAfterMs } = error.details
    const wait = typeof retryAfterMs === 'number' ? { retryAfterMs } : {}
    return { state: 'not-taken', error: error.toJSON(), ...wait }
  }
}

const gaveNoAnswer: ReadonlySet<string> = new Set<ErrorCode>([
  'PRV_ENDPOINTS_HTTP_NO_ANSWER',
  'PRV_ENDPOINTS_SMTP_NO_ANSWER',
])

/** What becomes of every later message; `null`: each is tried. */
function afterwards(outcome: Outcome, system: string): Outcome | null {
  if (outcome.state === 'unknown') {
    if (!gaveNoAnswer.has(outcome.error.code)) return null
    return { state: 'not-taken', error: new PortreeveError('PRV_ADAPTER_NOT_BEGUN', { system }).toJSON() }
  }
  // A system that asks for no wait takes what does not concern this message.
  const isOfMessage =
    outcome.state !== 'not-taken' ||
    outcome.retryAfterMs === 0 ||
    PortreeveError.fromJson(outcome.error).failureClass === 'message-bad'
  return isOfMessage ? null : outcome
}
