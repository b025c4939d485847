/** What the log's workload is told, as JSON in its one argument. */
export interface LogWorkload {
  readonly folder: string
  readonly seed: number
  /** Counts the runs on the folder; part of the records' names. */
  readonly run: number
  /** Finds its folder made, but not flushed: the work of a life that was killed right then. */
  readonly findsFolder?: boolean
  /** Ends after so many records; 0: writes none. */
  readonly records: number
  /** Closes the log after so many and opens it again. */
  readonly closesAt?: number
  /** Kills itself when so many are under way to the log. */
  readonly killsItselfAt?: number
  /** Goes on until the consumers have nothing left. */
  readonly drains?: boolean
  /** Socket of the stand-in that the second group sends its effects to. */
  readonly effects?: string
  /** One value in so many has 20 KB. */
  readonly largeIn: number
  /** Breaks the promise on purpose, to see whether the test notices. */
  readonly acknowledgesTooEarly?: boolean
}

/** What the claim check's workload is told, as JSON in its one argument. */
export interface ClaimWorkload {
  readonly folder: string
  readonly seed: number
  readonly run: number
  /** Finds its folder made, but not flushed: the work of a life that was killed right then. */
  readonly findsFolder?: boolean
  /** Ends after so many. */
  readonly bodies: number
  /** Kills itself when so many have begun. */
  readonly killsItselfAt?: number
  /** Breaks the promise on purpose, to see whether the test notices. */
  readonly acknowledgesTooEarly?: boolean
}

/** What the workload of the electoral system's folder is told, as JSON in its one argument. */
export interface ElectoralWorkload {
  readonly folder: string
  /** Counts the runs on the folder; part of the messages' ids. */
  readonly run: number
  /** Ends after so many, of three messages each. */
  readonly batches: number
  /** Kills itself while it hands over this one. */
  readonly killsItselfAt?: number
  /** Breaks the promise on purpose, to see whether the test notices. */
  readonly acknowledgesTooEarly?: boolean
}

/** What the journey's workload is told, as JSON in its one argument. */
export interface JourneyWorkload {
  /** Of the borough: inbox and data folder lie in it. */
  readonly folder: string
  /** Files that are in the inbox before the broker starts: paths elsewhere. */
  readonly drops: readonly string[]
  /** One more, once all that came before has been dealt with. */
  readonly dropsLate?: string
  /** Kills itself at the so manieth of its reports. */
  readonly killsItselfAt?: number
}
