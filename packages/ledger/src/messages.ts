import type { Database } from '@portreeve/database'
import type { EarlyOutcomes } from './early-outcomes.ts'
import type { LedgerRecord, Position } from './ledger-record.ts'
import type { Oddities } from './oddities.ts'
import type { KnownMessage, Pairs } from './pairs.ts'
import { submittedFile } from './submitted-file.ts'

/** The messages, each once, however often the log has it. */
export interface Messages {
  /** To be called before the first `add` of a transaction. */
  begin(): void
  /** Adds the message and its pairs: waiting, or whatever outcomes came before it. */
  add(place: Position, record: LedgerRecord): void
  find(id: string): KnownMessage | undefined
}

export interface MessageParts {
  readonly pairs: Pairs
  readonly early: EarlyOutcomes
  readonly oddities: Oddities
  readonly receiversOf: (type: string) => readonly string[]
}

export function messagesIn(database: Database, { pairs, early, oddities, receiversOf }: MessageParts): Messages {
  const highest = database.prepare('SELECT max(number) AS number FROM messages', { number: 'integer?' })
  const insert = database.prepare(
    `INSERT INTO messages (number, id, reference, correlation_id, causation_id, type, uprn, customer, authority, time,
       topic, "partition", "offset", file_name, file_digest, configuration, replay_of)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const select = database.prepare('SELECT number, type, time FROM messages WHERE id = ?', {
    number: 'integer',
    type: 'text',
    time: 'integer',
  })
  let next = 1
  let mayHaveEarly = false

  function add(place: Position, record: LedgerRecord): void {
    const { envelope } = record
    const { id, type } = envelope
    const time = Date.parse(envelope.time)
    const file = submittedFile(record)
    const isNew = insert.run(
      next,
      id,
      envelope.reference,
      envelope.correlationId,
      envelope.causationId ?? null,
      type,
      envelope.uprn ?? null,
      envelope.customer ?? null,
      envelope.authority,
      time,
      place.topic,
      place.partition,
      place.offset,
      file?.name ?? null,
      file?.digest ?? null,
      envelope.configuration ?? null,
      envelope.replayOf ?? null,
    )
    if (isNew === 0) {
      const first = select.get(id)
      if (first?.type !== type) oddities.add('id-used-twice', place, `${first?.type}, ${type}`, id)
      return
    }
    const message = { number: next, type, time }
    next += 1
    for (const receiver of receiversOf(type)) pairs.addWaiting(message, receiver)
    if (!mayHaveEarly) return
    for (const { receiver, ...facts } of early.take(id)) {
      pairs.put(message, receiver, pairs.stateOf(message, receiver)?.state, facts)
    }
  }

  return {
    begin() {
      next = (highest.get()?.number ?? 0) + 1
      mayHaveEarly = early.any()
    },
    add,
    find: (id) => select.get(id),
  }
}
