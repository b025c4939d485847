import type { DeliveryOutcome, DeliveryRecorded } from './delivery-recorded.ts'
import { type PairState, type Transition, transition } from './pair-state.ts'

/** What is kept of a pair of message and receiver. */
export interface PairFacts {
  readonly state: PairState
  /** Milliseconds since 1970. `null`: since the message was accepted. */
  readonly since: number | null
  readonly route: string | null
  readonly batchId: string | null
  readonly code: string | null
  readonly reason: string | null
  readonly proof: string | null
}

/** A receiver's words are cut: they are for people, and must not become a store of their own. */
const longestReason = 500

/** Nothing that is told again is news of these. */
const finalStates: readonly PairState[] = ['delivered', 'refused', 'not-concerned', 'discarded']

/**
 * What a pair is after an outcome. A repeat of a state that is not final tells the newest reason but leaves `since`:
 * the pair has been waiting, or parked, all the time. `null`: nothing changes.
 */
export function foldOutcome(
  before: { readonly state: PairState; readonly since: number | null },
  event: DeliveryRecorded,
  outcome: DeliveryOutcome,
): { readonly transition: Transition; readonly after: PairFacts | null } {
  const kind = transition(before.state, outcome.state)
  const isFinal = finalStates.includes(outcome.state)
  if (kind === 'illegal' || (kind === 'repeat' && isFinal)) return { transition: kind, after: null }
  const after = {
    state: outcome.state,
    since: kind === 'change' ? Date.parse(event.at) : before.since,
    route: event.route,
    batchId: event.batchId,
    code: outcome.code ?? null,
    reason: outcome.reason?.slice(0, longestReason) ?? null,
    proof: outcome.proof ?? null,
  }
  return { transition: kind, after }
}
