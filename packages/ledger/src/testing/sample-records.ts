import type { Envelope } from '@portreeve/envelope'
import type { DeliveryOutcome } from '../delivery-recorded.ts'
import { deliveryRecorded } from '../delivery-recorded.ts'
import type { LedgerRecord } from '../ledger-record.ts'
import type { PairState } from '../pair-state.ts'

export const submissionTopic = 'valuation.submission.received'
export const reportTopic = 'valuation.report.proposed'
export const events = deliveryRecorded
export const voa = 'outgoing.voa'

/** A record whose reference is `R-<id>`, accepted at 09:30 on 1 March 2026; a body of `{}` unless given. */
export function message(offset: number, id: string, more: Partial<Envelope> = {}, body: unknown = {}): LedgerRecord {
  const envelope: Envelope = {
    id,
    source: '/x99999999/test',
    type: reportTopic,
    time: '2026-03-01T09:30:00Z',
    dataContentType: 'application/json',
    reference: `R-${id}`,
    correlationId: id,
    authority: 'X99999999',
    channel: 'file',
    ...more,
  }
  return { offset, envelope, body: Buffer.from(JSON.stringify(body)) }
}

/** What became of messages at a receiver, 09:31 on 1 March 2026 and `minute` minutes. */
export function delivery(
  offset: number,
  outcomes: Readonly<Record<string, PairState | Omit<DeliveryOutcome, 'messageId'>>>,
  { receiver = voa, minute = 0 } = {},
): LedgerRecord {
  const event = {
    receiver,
    route: 'outgoing',
    batchId: `batch-${offset}`,
    at: new Date(Date.UTC(2026, 2, 1, 9, 31 + minute)).toISOString(),
    outcomes: Object.entries(outcomes).map(([messageId, outcome]) => ({
      messageId,
      ...(typeof outcome === 'string' ? { state: outcome } : outcome),
    })),
  }
  return message(offset, `event-${offset}`, { type: events }, event)
}
