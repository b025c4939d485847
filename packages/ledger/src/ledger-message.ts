import type { RowOf } from '@portreeve/database'
import type { Position } from './ledger-record.ts'
import { type MessageState, messageState, tellsOfRefusal } from './message-state.ts'
import { pairSentence } from './pair-sentence.ts'
import { type PairState, pairStateOf } from './pair-state.ts'
import type { SubmittedFile } from './submitted-file.ts'

/** A message and where it stands. Identifiers only: the body is in the log, at `place`. */
export interface LedgerMessage {
  readonly id: string
  /** The public reference, as the envelope has it. */
  readonly reference: string
  readonly correlationId: string
  readonly causationId: string | null
  readonly type: string
  readonly uprn: string | null
  /** The council's own reference of a person or business. */
  readonly customer: string | null
  /** GSS code of the council. */
  readonly authority: string
  /** When it was accepted. */
  readonly time: Date
  readonly place: Position
  /** Version of the configuration that it was made under; `null` where an earlier version did not say. */
  readonly configuration: string | null
  /** Of a replay: id of the message that it repeats. */
  readonly replayOf: string | null
  /** The file that its transaction began with. */
  readonly file: SubmittedFile | null
  /** As `messageState` has it; a message that tells of a refusal counts as refused itself once nothing more is to be done. */
  readonly state: MessageState
  /** One per receiver, by name. */
  readonly receivers: readonly ReceiverState[]
}

export interface ReceiverState {
  readonly receiver: string
  readonly state: PairState
  readonly since: Date
  readonly route: string | null
  readonly batchId: string | null
  /** The receiver's own code, or one of the catalogue. */
  readonly code: string | null
  /** The receiver's words, cut after 500 characters. */
  readonly reason: string | null
  /** The receiver's own word for what it has. */
  readonly proof: string | null
  /** Who has it and what happens next. */
  readonly sentence: string
}

export const messageColumns = {
  number: 'integer',
  id: 'text',
  reference: 'text',
  correlation_id: 'text',
  causation_id: 'text?',
  type: 'text',
  uprn: 'text?',
  customer: 'text?',
  authority: 'text',
  time: 'integer',
  topic: 'text',
  partition: 'integer',
  offset: 'integer',
  configuration: 'text?',
  replay_of: 'text?',
  file_name: 'text?',
  file_digest: 'text?',
} as const

/** To be followed by `FROM` and `withFirst`: `m` is the message, `first` the one that its transaction began with. */
export const selectMessage = `
  SELECT m.number, m.id, m.reference, m.correlation_id, m.causation_id, m.type, m.uprn, m.customer, m.authority, m.time,
    m.topic, m."partition", m."offset", m.configuration, m.replay_of, first.file_name, first.file_digest`

export const withFirst = 'LEFT JOIN messages AS first ON first.id = m.correlation_id'

/** To be followed by `WHERE`. */
export const messageSelection = `${selectMessage} FROM messages AS m ${withFirst}`

export const pairColumns = {
  receiver: 'text',
  state: 'text',
  since: 'integer',
  route: 'text?',
  batchId: 'text?',
  code: 'text?',
  reason: 'text?',
  proof: 'text?',
} as const

export function ledgerMessage(
  row: RowOf<typeof messageColumns>,
  pairs: readonly RowOf<typeof pairColumns>[],
): LedgerMessage {
  const isRefusal = tellsOfRefusal(row.type)
  const receivers = pairs.map((pair) => {
    const facts = { ...pair, state: pairStateOf(pair.state), since: new Date(pair.since) }
    return { ...facts, sentence: pairSentence(facts, { isRefusal }) }
  })
  return {
    id: row.id,
    reference: row.reference,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    type: row.type,
    uprn: row.uprn,
    customer: row.customer,
    authority: row.authority,
    time: new Date(row.time),
    place: { topic: row.topic, partition: row.partition, offset: row.offset },
    configuration: row.configuration,
    replayOf: row.replay_of,
    file: row.file_digest === null ? null : { name: row.file_name, digest: row.file_digest },
    state: messageState([...receivers.map(({ state }) => state), ...(isRefusal ? (['refused'] as const) : [])]),
    receivers,
  }
}
