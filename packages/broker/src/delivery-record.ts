import type { DeliveryOutcome } from '@portreeve/core'
import { type Envelope, toHeaders } from '@portreeve/envelope'
import type { DeliveryRecorded, DeliveryOutcome as RecordedOutcome } from '@portreeve/ledger'
import type { LogRecord } from '@portreeve/log'
import type { ReferenceNumbers } from './reference-numbers.ts'
import { deliveryTopic } from './topics.ts'

export type Outcome = Pick<RecordedOutcome, 'messageId' | 'state' | 'code' | 'reason' | 'proof'> & { batchId: string }

/** What is to be told of a delivery run; `recorded` ones stand in the log already. */
export function toRecorded(outcomes: readonly DeliveryOutcome[]): readonly Outcome[] {
  return outcomes.flatMap(({ state, ...outcome }) => (state === 'recorded' ? [] : [{ ...outcome, state }]))
}

export interface DeliveryRecords {
  readonly receiver: string
  readonly route: string
  readonly authority: string
  readonly now: () => Date
  readonly references: ReferenceNumbers
}

/** One record per batch: what became of its messages at the receiver. The ledger follows these. */
export async function deliveryRecords(
  outcomes: readonly Outcome[],
  context: DeliveryRecords,
): Promise<readonly LogRecord[]> {
  const batches = [...Map.groupBy(outcomes, ({ batchId }) => batchId)]
  const references = await context.references.take(batches.length)
  return batches.map(([batchId, of], position) => deliveryRecord(batchId, of, references[position] ?? '', context))
}

function deliveryRecord(
  batchId: string,
  outcomes: readonly Outcome[],
  reference: string,
  { receiver, route, authority, now }: DeliveryRecords,
): LogRecord {
  const at = now().toISOString()
  const states = [...new Set(outcomes.map(({ state }) => state))].join('+')
  const body: DeliveryRecorded = {
    receiver,
    route,
    batchId,
    at,
    outcomes: outcomes.map(({ batchId: _, ...outcome }) => outcome),
  }
  const envelope: Envelope = {
    id: `${batchId}-${states}-${at}`,
    source: `/${authority.toLowerCase()}/${receiver}`,
    type: deliveryTopic,
    time: at,
    dataContentType: 'application/json',
    reference,
    correlationId: batchId,
    authority,
    channel: 'system',
  }
  return {
    topic: deliveryTopic,
    key: new TextEncoder().encode(receiver),
    value: new TextEncoder().encode(JSON.stringify(body)),
    headers: toHeaders(envelope),
  }
}
