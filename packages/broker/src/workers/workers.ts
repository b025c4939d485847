import type { GivenPartition } from '@portreeve/log'
import type { State } from '@portreeve/state'
import type { BrokerEvents } from '../events.ts'

/** The brokers that work on one log, as one of them sees them. */
export interface Workers {
  /** What all of them remember: a change is known to all when it resolves, and is refused of who does not hold what it touches. */
  readonly state: State
  /** Resolves when everything is known that was written down before the call. */
  catchUp(): Promise<void>
  /** There may be others. */
  readonly areMany: boolean
  /**
   * Holds a partition for a receiver. Resolves when everything is known that others have written down before; from then on nothing more
   * of theirs has effect there. Rejects with the signal's reason once it is aborted.
   */
  take(receiver: string, given: GivenPartition): Promise<void>
  /** Rejects with `PRV_LOG_PARTITION_MOVED` when another has taken the partition for this receiver. */
  confirm(receiver: string, place: Pick<GivenPartition, 'topic' | 'partition'>): Promise<void>
  /**
   * Runs `work` on one worker at a time: of an adapter by its label, of the broker's own by `portreeve:` and a name. Until it ends by itself or the signal is aborted. Its own signal is aborted when it is to go on
   * elsewhere; what it writes under this name afterwards has no effect.
   */
  onOne(name: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void>
  /** Where faults of working together are told. */
  tellFaultsTo(events: Pick<BrokerEvents, 'failed' | 'recovered'>): void
}

/** The one that has the log to itself. */
export function onlyWorker(state: State): Workers {
  return {
    state,
    areMany: false,
    catchUp: async () => undefined,
    take: async () => undefined,
    confirm: async () => undefined,
    onOne: (_, signal, work) => work(signal),
    tellFaultsTo: () => undefined,
  }
}
