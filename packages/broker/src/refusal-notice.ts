import { reportProposed, siblingType } from '@portreeve/configuration'
import type { DeliveryOutcome } from '@portreeve/core'
import type { Message } from '@portreeve/envelope'
import type { LogRecord } from '@portreeve/log'
import { refusedByReceiver } from '@portreeve/model'
import { jsonBody, type MessageMaker } from './message-maker.ts'
import { toRecord } from './message-record.ts'

/**
 * What goes back to those who sent a report that its receiver then refused: a `valuation.report.refused` under the
 * report's own reference; `sent` holds canonical messages, whatever form the receiver takes. Its id derives from the report's and the receiver's, so a repeat is the same notice.
 */
export function refusalNotices(
  receiver: string,
  sent: readonly Message[],
  outcomes: readonly DeliveryOutcome[],
  maker: MessageMaker,
): readonly LogRecord[] {
  const refused = new Map(
    outcomes.flatMap((outcome) => (outcome.state === 'refused' ? [[outcome.messageId, outcome]] : [])),
  )
  if (refused.size === 0) return []
  return sent.flatMap(({ envelope, body }) => {
    const outcome = refused.get(envelope.id)
    if (!outcome || envelope.type !== reportProposed || envelope.dataContentType !== 'application/json') return []
    const { code = '', reason = '' } = outcome
    const report: unknown = JSON.parse(new TextDecoder().decode(body))
    const notice = refusedByReceiver(report, { receiver, code, reason })
    if (!notice) return []
    const emitted = {
      type: siblingType(envelope.type, 'refused'),
      idSeed: `${envelope.id}-refused-by-${receiver}`,
      key: notice.digest,
      ...jsonBody(notice),
    }
    return [toRecord(maker.child(envelope, emitted, receiver), emitted.key)]
  })
}
