import type { Outcome, OutgoingBatch } from '@portreeve/adapter-sdk'
import { isPortreeveError } from '@portreeve/errors'
import type { NoticeClient } from './client.ts'
import { toNotice } from './from-canonical.ts'

/** One notice after the other; one outcome for each message, in the batch's order. */
export async function sendNotices(
  { messages }: OutgoingBatch,
  client: NoticeClient,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { envelope, body } of messages) {
    try {
      const notice = toNotice(JSON.parse(Buffer.from(body).toString()), envelope.reference)
      const answer = await client.put(envelope.id, notice, signal)
      if ('number' in answer) outcomes.push({ state: 'delivered', proof: answer.number })
      else outcomes.push({ state: 'refused', ...answer })
    } catch (error) {
      if (!isPortreeveError(error)) throw error
      // The catalogue knows whether the request may have been taken.
      const state = error.failureClass === 'unknown-outcome' ? 'unknown' : 'not-taken'
      outcomes.push({ state, error: error.toJSON() })
    }
  }
  return outcomes
}
