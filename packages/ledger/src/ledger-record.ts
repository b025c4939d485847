import type { Envelope } from '@portreeve/envelope'

/** A record of the log, as far as the ledger reads it. */
export interface LedgerRecord {
  readonly envelope: Envelope
  /** Only read where it tells of deliveries or of a file. */
  readonly body: Uint8Array
  readonly offset: number
}

/** A place in the log. As an answer of `positions`: the offset that is read next. */
export interface Position {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}
