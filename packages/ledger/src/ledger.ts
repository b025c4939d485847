import { type Database, openDatabase } from '@portreeve/database'
import { type CountedPairs, countsIn } from './counts.ts'
import { type Delivered, deliveredIn } from './delivered-to.ts'
import { type InvariantProblem, invariantsIn } from './invariants.ts'
import type { LedgerRecord, Position } from './ledger-record.ts'
import { migrations } from './migrations.ts'
import { type Oddity, odditiesIn } from './oddities.ts'
import { oldestIn, type PendingState } from './oldest.ts'
import { pairCountsIn } from './pair-counts.ts'
import { positionsIn } from './positions.ts'
import { projectionInto } from './projection.ts'
import { receiversOfTypes } from './receivers-of-types.ts'
import { type SearchPage, type SearchQuery, searchIn } from './search.ts'
import { type Track, type TrackQuery, trackIn } from './track.ts'

/** `PLed` in ASCII: tells a ledger from other SQLite files. */
const applicationId = 0x504c6564

export interface LedgerOptions {
  /** A file, made when absent, in a folder that exists; or `:memory:`. One process at a time. */
  readonly path: string
  /**
   * Names of the receivers that a message of this type may concern: it has one pair with each. When the answer for a
   * type is another than when the ledger was last open, its messages are brought into line at once.
   */
  readonly receiversOf: (type: string) => readonly string[]
  /** Default: the machine's clock. */
  readonly now?: () => Date
  /** Most pages of 4 KiB that the file may have; then `PRV_DATABASE_DISK_FULL`. Default: no limit. */
  readonly maxPageCount?: number
}

/**
 * Where every message is: a projection of the log, which can be made anew from it by removing the file. A power cut may
 * take back the last calls of `apply`, positions included; they are then simply read again. Every method throws
 * `PRV_DATABASE_*`, after `close` with `PRV_DATABASE_CLOSED`. Synchronous; the thread that opened it owns it.
 */
export interface Ledger extends Disposable {
  /** The offset that is read next, of each partition that was read. Compare with the log's ends before going on. */
  positions(): readonly Position[]
  /** `undefined` for a partition of which nothing was read yet. */
  position(topic: string, partition: number): number | undefined
  /**
   * Takes over the records in one transaction with the position `next`; records seen before are skipped. Records of one
   * partition come in order; partitions and topics may come in any. Throws `TypeError` when `next` is not behind them.
   */
  apply(topic: string, partition: number, records: readonly LedgerRecord[], next: number): void

  /** From now on these are the receivers that messages may concern: those that are there are brought into line at once. */
  takeOver(receiversOf: LedgerOptions['receiversOf']): void

  search(query: SearchQuery): SearchPage
  /** `null` when nothing is known. */
  track(query: TrackQuery): Track | null
  /** What a receiver has of a message, by its id: of the message itself or of a replay of it. `null`: nothing was delivered there. */
  deliveredTo(receiver: string, messageId: string): Delivered | null
  /** How many messages are in which state, per type and receiver; only what is not 0. */
  counts(): readonly CountedPairs[]
  /**
   * When the oldest message was accepted that is in this state at the receiver: the first that the ledger took over. `null`: there
   * is none. Cheap.
   */
  oldest(receiver: string, state: PendingState): Date | null
  /** What could not be followed, by place. `limit`: default 100. */
  oddities(limit?: number): readonly Oddity[]
  /** Reads everything and says what does not fit together; empty when all is well. */
  checkInvariants(): readonly InvariantProblem[]

  /** Holds the file still while another process copies it, until `thaw`. Idempotent. Throws `PRV_DATABASE_BUSY`. */
  freeze(): void
  /** Idempotent. */
  thaw(): void
  /** Idempotent. */
  close(): void
}

/** Throws what `openDatabase` throws: `PRV_DATABASE_OWNED`, `…_NEWER`, `…_FOREIGN`, `…_DAMAGED`, `…_READ_ONLY`, … */
export function openLedger(options: LedgerOptions): Ledger {
  const { path, maxPageCount } = options
  const database = openDatabase({
    path,
    applicationId,
    migrations,
    synchronous: 'NORMAL',
    ...(maxPageCount !== undefined && { maxPageCount }),
  })
  try {
    return ledgerIn(database, options)
  } catch (error) {
    database.close()
    throw error
  }
}

function ledgerIn(database: Database, { now = () => new Date(), ...options }: LedgerOptions): Ledger {
  let { receiversOf: answering } = options
  const receiversOf = (type: string) => answering(type)
  const counts = pairCountsIn(database)
  const types = receiversOfTypes(database, receiversOf, counts)
  const positions = positionsIn(database)
  const oddities = odditiesIn(database)
  const close = () => database.close()
  return {
    positions: positions.all,
    position: positions.get,
    apply: projectionInto(database, { positions, oddities, counts, types }),
    search: searchIn(database),
    track: trackIn(database),
    takeOver(next) {
      answering = next
      types.compare()
    },
    deliveredTo: deliveredIn(database),
    counts: countsIn(database),
    oldest: oldestIn(database),
    oddities: (limit = 100) => oddities.list(limit),
    checkInvariants: invariantsIn(database, receiversOf, now),
    freeze: () => database.freeze(),
    thaw: () => database.thaw(),
    close,
    [Symbol.dispose]: close,
  }
}
