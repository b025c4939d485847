import type { Outcome, OutgoingBatch } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import type { SystemClient } from './client.ts'

/** Asks for the record of each message. Rejects when no answer came: a look-up carries nothing, so it only has to be asked again. */
export async function lookUp(
  { messages }: OutgoingBatch,
  { client, system }: { readonly client: SystemClient; readonly system: string },
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { envelope } of messages) {
    const recordId = await client.findRecord(envelope.id, signal)
    outcomes.push(recordId === null ? neverSeen(system, envelope.id) : { state: 'delivered', proof: recordId })
  }
  return outcomes
}

/** It asks for no wait: the system is there. */
function neverSeen(system: string, id: string): Outcome {
  const error = new PortreeveError('PRV_ADAPTER_NEVER_SEEN', { system, id })
  return { state: 'not-taken', error: error.toJSON(), retryAfterMs: 0 }
}
