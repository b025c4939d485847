import type { Outcome, OutgoingBatch } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import type { Open311Client } from './client.ts'

/** Asks for the service request of each message. Rejects when no answer came: a look-up carries nothing, so it only has to be asked again. */
export async function lookUp(
  { messages }: OutgoingBatch,
  { client, system }: { readonly client: Open311Client; readonly system: string },
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { envelope } of messages) {
    const requestId = await client.find(envelope.id, signal)
    outcomes.push(requestId === null ? neverSeen(system, envelope.id) : { state: 'delivered', proof: requestId })
  }
  return outcomes
}

/** It asks for no wait: the CRM is there. */
function neverSeen(system: string, id: string): Outcome {
  const error = new PortreeveError('PRV_ADAPTER_NEVER_SEEN', { system, id })
  return { state: 'not-taken', error: error.toJSON(), retryAfterMs: 0 }
}
