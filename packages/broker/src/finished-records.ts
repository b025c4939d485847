import type { LogRecord } from '@portreeve/log'
import type { Outcome } from './delivery-record.ts'
import type { MessageToDeliver } from './receiver-consumer.ts'

/** What is to be done about one record. */
export interface Sorted {
  readonly send?: MessageToDeliver
  readonly outcome?: Outcome
  readonly invalid?: LogRecord
  /** For the process that asked. */
  readonly news?: readonly LogRecord[]
}

/** How many records, from the first, are finished when so many of those to be sent are. */
export function finishedRecords(sorted: readonly Sorted[], sent: number): number {
  let left = sent
  const stop = sorted.findIndex(({ send }) => send !== undefined && left-- === 0)
  return stop === -1 ? sorted.length : stop
}
