import { createHash } from 'node:crypto'
import type { Emitted, OutgoingBatch } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { reportProposed } from '../received-report.ts'
import { toCanonical } from '../to-canonical.ts'
import type { BApropertyReport } from '../vendor-types.ts'

/** A report as the message that the broker hands to the adapter. */
export function reportMessage(report: BApropertyReport, time?: string): Message {
  const canonical = toCanonical(report, [], {
    fileName: 'march.xml',
    digest: '0'.repeat(64),
    index: 0,
    billingAuthority: 'Borough of Sallowmere',
    billingAuthorityIdentityCode: '9999',
  })
  const body = JSON.stringify(canonical)
  const idSeed = createHash('sha256').update(body).digest('hex')
  return messageOf({ idSeed, type: reportProposed, body: new TextEncoder().encode(body) }, time)
}

/** What the adapter emitted, in the broker's envelope. */
export function messageOf(
  { idSeed: id, type, body }: Pick<Emitted, 'idSeed' | 'type' | 'body'>,
  time = '2026-03-02T10:00:00.000Z',
): Message {
  return {
    envelope: {
      id,
      source: '/x99000001/voa',
      type,
      time,
      dataContentType: 'application/json',
      reference: 'REF',
      correlationId: id,
      authority: 'X99000001',
      channel: 'file',
    },
    body,
  }
}

/** The id derives from the messages, as the broker's does. */
export function batchOf(...messages: readonly Message[]): OutgoingBatch {
  const hash = createHash('sha256')
  for (const { envelope } of messages) hash.update(envelope.id)
  return { id: hash.digest('hex'), messages }
}
