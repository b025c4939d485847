import type { LedgerMessage } from './ledger-message.ts'
import { tellsOfRefusal } from './message-state.ts'
import type { PairState } from './pair-state.ts'

/** One line of a message's story. */
export interface TimeLineEntry {
  readonly at: Date
  readonly messageId: string
  readonly reference: string
  /** `null`: the message was accepted here, or tells of a refusal. */
  readonly receiver: string | null
  readonly state: PairState | 'accepted'
  readonly sentence: string
}

/** Acceptance of each message and its state at each receiver, by time; at the same time, as they are given. */
export function timeLine(messages: readonly LedgerMessage[]): readonly TimeLineEntry[] {
  return messages.flatMap(entriesOf).sort((a, b) => a.at.getTime() - b.at.getTime())
}

function entriesOf({
  id: messageId,
  reference,
  type,
  time,
  file,
  causationId,
  replayOf,
  receivers,
}: LedgerMessage): TimeLineEntry[] {
  const from = causationId === null && file?.name ? ` from the file ${file.name}` : ''
  const isRefusal = tellsOfRefusal(type)
  const sentence = isRefusal
    ? `Refused, as ${type} tells.`
    : replayOf === null
      ? `Accepted as ${type}${from}.`
      : `Repeated as ${type}: a replay.`
  return [
    { at: time, messageId, reference, receiver: null, state: isRefusal ? 'refused' : 'accepted', sentence },
    ...receivers.map(({ receiver, state, since, sentence: told }) => {
      return { at: since, messageId, reference, receiver, state, sentence: told }
    }),
  ]
}
