import { PortreeveError } from '@portreeve/errors'
import type { OutgoingBatch } from './adapter.ts'
import type { Outcome } from './outcome.ts'

export interface LookUpEachOptions {
  /** Label of the instance. */
  readonly system: string
  /** The system's own word for what it made of the message with this id; `null`: it never saw it. */
  readonly find: (id: string, signal: AbortSignal) => Promise<string | null>
}

/** Asks for each message. Rejects when no answer came: a look-up carries nothing, so it only has to be asked again. */
export async function lookUpEach(
  { messages }: OutgoingBatch,
  { system, find }: LookUpEachOptions,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { envelope } of messages) {
    const proof = await find(envelope.id, signal)
    outcomes.push(proof === null ? neverSeen(system, envelope.id) : { state: 'delivered', proof })
  }
  return outcomes
}

/** It asks for no wait: the system is there. */
function neverSeen(system: string, id: string): Outcome {
  const error = new PortreeveError('PRV_ADAPTER_NEVER_SEEN', { system, id })
  return { state: 'not-taken', error: error.toJSON(), retryAfterMs: 0 }
}
