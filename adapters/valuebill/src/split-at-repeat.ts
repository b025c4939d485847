import type { Outcome, OutgoingBatch } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import { identitiesOf } from './prepare-batch.ts'
import { identityKey, type ReportIdentity } from './read-outcomes.ts'

export interface SplitBatch {
  /** The messages before the first whose identity an earlier one has. */
  readonly distinct: OutgoingBatch
  /** One for each of these. */
  readonly identities: readonly ReportIdentity[]
  /** One for each of the others: they go in a later batch. */
  readonly later: readonly Outcome[]
}

/**
 * The service could not say which of two reports of the same number and transaction it means. A batch is cut before the
 * second one, and not merely without it, so that no report overtakes another. Depends on the messages alone: a look-up finds
 * the same cut.
 */
export function splitAtRepeat(batch: OutgoingBatch): SplitBatch {
  const identities = identitiesOf(batch)
  const seen = new Set<string>()
  const repeat = identities.findIndex(({ reportNumber, baTransaction }) => {
    const key = identityKey(reportNumber, baTransaction)
    return seen.size === seen.add(key).size
  })
  if (repeat === -1) return { distinct: batch, identities, later: [] }
  const error = new PortreeveError('PRV_VALUEBILL_SAME_IDENTITY').toJSON()
  return {
    distinct: { id: batch.id, messages: batch.messages.slice(0, repeat) },
    identities: identities.slice(0, repeat),
    later: identities.slice(repeat).map(() => ({ state: 'not-taken', error, retryAfterMs: 0 })),
  }
}
