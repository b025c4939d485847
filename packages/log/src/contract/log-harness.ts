import type { Log } from '../log.ts'

/** All that the suite needs of an engine: no clock, no mock, no look inside. */
export interface LogHarness {
  /** A log. It may hold topics of other tests: the suite gives its own topics and groups names of their own. */
  open(): Promise<Log>
  /** Closes the log and opens the same data again, as a restart does. */
  reopen(log: Log): Promise<Log>
  /** Opens the same data while `log` has it open; absent where no second opening can find the data. */
  openBeside?(log: Log): Promise<Log>
  /** Bytes that the data take on disk just now; needed where `reclaimsDisk` is promised. */
  diskBytes?(log: Log): Promise<number>
  /** How long to wait for something that must come, in milliseconds. Default 10,000. */
  readonly patienceMs?: number
}
