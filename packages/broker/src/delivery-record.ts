import type { DeliveryOutcome } from '@portreeve/core'
import { type Envelope, toHeaders } from '@portreeve/envelope'
import type { DeliveryRecorded, DeliveryOutcome as RecordedOutcome } from '@portreeve/ledger'
import type { LogRecord } from '@portreeve/log'
import { dataSchemaOf } from '@portreeve/model'
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

/** Most outcomes of one record, and most characters of what a receiver said: so that no record is too large for the log. */
const maxOutcomes = 400
const maxCharacters = { code: 80, reason: 300, proof: 200 }

/** One record per batch, several of a large one: what became of its messages at the receiver. The ledger follows these. */
export async function deliveryRecords(
  outcomes: readonly Outcome[],
  context: DeliveryRecords,
): Promise<readonly LogRecord[]> {
  const parts = [...Map.groupBy(outcomes, ({ batchId }) => batchId)].flatMap(([batchId, of]) => {
    const starts = Array.from({ length: Math.ceil(of.length / maxOutcomes) }, (_, part) => part * maxOutcomes)
    return starts.map((from) => ({ batchId, from, outcomes: of.slice(from, from + maxOutcomes) }))
  })
  const references = await context.references.take(parts.length)
  return parts.map((part, position) => deliveryRecord(part, references[position] ?? '', context))
}

function deliveryRecord(
  { batchId, from, outcomes }: { batchId: string; from: number; outcomes: readonly Outcome[] },
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
    outcomes: outcomes.map(shortened),
  }
  const dataSchema = dataSchemaOf(deliveryTopic)
  const envelope: Envelope = {
    id: `${batchId}-${states}-${from}-${at}`,
    source: `/${authority.toLowerCase()}/${receiver}`,
    type: deliveryTopic,
    time: at,
    dataContentType: 'application/json',
    ...(dataSchema !== undefined && { dataSchema }),
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

function shortened({ messageId, state, code, reason, proof }: Outcome): RecordedOutcome {
  return {
    messageId,
    state,
    ...(code !== undefined && { code: code.slice(0, maxCharacters.code) }),
    ...(reason !== undefined && { reason: reason.slice(0, maxCharacters.reason) }),
    ...(proof !== undefined && { proof: proof.slice(0, maxCharacters.proof) }),
  }
}
