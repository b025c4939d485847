import { createHash } from 'node:crypto'
import type { OutgoingBatch } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { toCanonical } from '../to-canonical.ts'
import type { BApropertyReport } from '../vendor-types.ts'

/** A report as the message that the broker hands to the adapter. */
export function reportMessage(report: BApropertyReport, time = '2026-03-02T10:00:00.000Z'): Message {
  const body = JSON.stringify(
    toCanonical(report, [], {
      fileName: 'march.xml',
      digest: '0'.repeat(64),
      index: 0,
      billingAuthority: 'Borough of Sallowmere',
      billingAuthorityIdentityCode: '9999',
    }),
  )
  const id = createHash('sha256').update(body).digest('hex')
  return {
    envelope: {
      id,
      source: '/x99000001/voa',
      type: 'valuation.report.proposed',
      time,
      dataContentType: 'application/json',
      reference: 'REF',
      correlationId: id,
      authority: 'X99000001',
      channel: 'file',
    },
    body: new TextEncoder().encode(body),
  }
}

/** The id derives from the messages, as the broker's does. */
export function batchOf(...messages: readonly Message[]): OutgoingBatch {
  const hash = createHash('sha256')
  for (const { envelope } of messages) hash.update(envelope.id)
  return { id: hash.digest('hex'), messages }
}
