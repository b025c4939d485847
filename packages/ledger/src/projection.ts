import type { Database } from '@portreeve/database'
import { deliveriesTo } from './deliveries.ts'
import { deliveryRecorded } from './delivery-recorded.ts'
import { earlyOutcomesIn } from './early-outcomes.ts'
import type { LedgerRecord } from './ledger-record.ts'
import { messagesIn } from './messages.ts'
import type { Oddities } from './oddities.ts'
import type { PairCounts } from './pair-counts.ts'
import { pairsIn } from './pairs.ts'
import type { Positions } from './positions.ts'
import type { ReceiversOfTypes } from './receivers-of-types.ts'

export interface ProjectionParts {
  readonly positions: Positions
  readonly oddities: Oddities
  readonly counts: PairCounts
  readonly types: ReceiversOfTypes
}

/** What becomes of the log's records here: one transaction, all or nothing, with the position that follows. */
export type Projection = (topic: string, partition: number, records: readonly LedgerRecord[], next: number) => void

export function projectionInto(database: Database, parts: ProjectionParts): Projection {
  const { positions, oddities, counts, types } = parts
  const early = earlyOutcomesIn(database)
  const pairs = pairsIn(database, counts)
  const messages = messagesIn(database, { pairs, early, oddities, receiversOf: types.of })
  const applyDelivery = deliveriesTo({ messages, pairs, early, oddities })

  return (topic, partition, records, next) => {
    const last = records.at(-1)
    if (last !== undefined && last.offset >= next) throw new TypeError(`next (${next}) is not behind the last record`)
    try {
      database.transaction(() => {
        const from = positions.get(topic, partition) ?? 0
        if (next <= from) return
        messages.begin()
        for (const record of records) {
          if (record.offset < from) continue
          const place = { topic, partition, offset: record.offset }
          if (record.envelope.type === deliveryRecorded) applyDelivery(place, record.body)
          else messages.add(place, record)
        }
        counts.flush()
        types.flush()
        positions.set(topic, partition, next)
      })
    } catch (error) {
      counts.discard()
      throw error
    }
    types.committed()
  }
}
