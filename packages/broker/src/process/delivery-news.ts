import { parseRequestId } from '@portreeve/core'
import type { LogRecord } from '@portreeve/log'
import type { Candidate, ProcessRecorded } from '@portreeve/model'
import type { Outcome } from '../delivery-record.ts'
import { processRecord } from './process-topic.ts'

type HandedOver = Extract<ProcessRecorded, { kind: 'handed-over' }>

/** What became of a message. */
export interface RequestOutcome extends Pick<Outcome, 'messageId' | 'code' | 'reason' | 'proof'> {
  readonly state: string
  readonly candidates?: readonly Candidate[]
}

/** What processes are told of a delivery: of their own requests, under the key by which they keep order. */
export function deliveryNews(
  outcomes: readonly (RequestOutcome & { readonly key: string })[],
  at: string,
): readonly LogRecord[] {
  return outcomes.flatMap(({ messageId, key, state, code, reason, proof, candidates }) => {
    const name = parseRequestId(messageId)
    if (!name || !isTelling(state) || code === 'PRV_CORE_QUEUED_BEHIND') return []
    const event: HandedOver = {
      kind: 'handed-over',
      process: name.process,
      instance: name.instance,
      at,
      system: name.system,
      requestId: messageId,
      outcome: state,
      ...(code !== undefined && { code }),
      ...(reason !== undefined && { reason }),
      ...(proof !== undefined && { proof }),
      ...(candidates && { candidates: [...candidates] }),
    }
    return [processRecord(key, event)]
  })
}

const telling = ['delivered', 'refused', 'parked', 'unknown', 'discarded'] as const

function isTelling(state: string): state is (typeof telling)[number] {
  return telling.some((each) => each === state)
}
