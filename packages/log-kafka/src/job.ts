import type { RecordPosition } from '@portreeve/log'
import type { RawConsumer } from './rdkafka.ts'
import type { OwnRecord } from './records.ts'

/** A group's position that is to move with the records. */
export interface MovedPosition extends RecordPosition {
  /** The member that reads there: a broker refuses it when it is no member any more. */
  readonly consumer: RawConsumer
  /** False once the partition has been given up: a broker takes the position of any member, whosever the partition is. */
  readonly isHeld: () => boolean
}

/** What one call asks to be written, whole or not at all. */
export interface Job {
  readonly records: readonly OwnRecord[]
  readonly position: MovedPosition | null
  readonly bytes: number
  /** Where the records went, in their order, as a broker reported it. */
  readonly offsets: RecordPosition[]
  readonly settled: PromiseWithResolvers<readonly RecordPosition[]>
}

export interface PlacedJob extends Job {
  /** Of each record. */
  readonly partitions: readonly number[]
}
