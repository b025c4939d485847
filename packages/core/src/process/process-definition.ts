/** How one kind of transaction is handed to the back offices that it concerns: the data of a process. */
export interface ProcessDefinition {
  /** kebab-case; the file's name. */
  readonly name: string
  readonly systems: readonly ProcessSystem[]
  /** Template of the e-mail to whoever told; `null`: none is sent. */
  readonly acknowledgement: string | null
  /** Template of the e-mail to the administrators of a system that needs a person; `null`: none is sent. */
  readonly alert: string | null
  /** Days on which nobody works, YYYY-MM-DD; Saturdays and Sundays are not among them. */
  readonly holidays: readonly string[]
}

export interface ProcessSystem {
  /** Label of the adapter. */
  readonly label: string
  /** What `tell` and consents call it. */
  readonly service: string
  /** `null`: the system does not confirm, and what was delivered to it is done. */
  readonly confirmWithinWorkingDays: number | null
  readonly administrators: readonly string[]
}
