import type { RowOf } from '@portreeve/database'
import type { Failure, ParkedMessage } from './parked-message.ts'

/** The columns of `parked_messages` that make a `ParkedMessage`; `m` is the table's alias. */
export const messageColumns = {
  receiver: 'text',
  key: 'text',
  message_id: 'text',
  reference: 'text',
  topic: 'text',
  partition: 'integer',
  offset: 'integer',
  since: 'integer',
  code: 'text?',
  reason: 'text?',
  batch_id: 'text?',
} as const

export const messageSelection = Object.keys(messageColumns)
  .map((column) => `m."${column}"`)
  .join(', ')

export function messageOf(row: RowOf<typeof messageColumns>): ParkedMessage {
  return {
    key: row.key,
    messageId: row.message_id,
    reference: row.reference,
    place: { topic: row.topic, partition: row.partition, offset: row.offset },
    since: new Date(row.since),
    failure: failureOf(row),
    batchId: row.batch_id,
  }
}

export function failureOf({ code, reason }: { code: string | null; reason: string | null }): Failure | null {
  return code === null ? null : { code, reason: reason ?? '' }
}
