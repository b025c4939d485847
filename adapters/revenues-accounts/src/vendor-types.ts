/** A row of the table of accounts: who pays, and where the system thinks they live. */
export interface Account {
  readonly accountRef: string
  readonly familyName: string
  readonly givenName: string
  /** `YYYY-MM-DD`, where the system knows it. */
  readonly birthDate: string
  readonly uprn: string
  readonly addressLines: readonly string[]
  readonly postcode: string
}

/** What is written into the interface table, from which a job of theirs takes it over. */
export interface NewChange {
  /** Id of the request: the table's primary key, so that a repeat is recognised. */
  readonly externalReference: string
  readonly accountRef: string
  readonly uprn: string | null
  /** As many as the table has columns for; `null`: nothing is left for that line. */
  readonly addressLines: readonly (string | null)[]
  readonly postcode: string | null
  /** `YYYY-MM-DD` */
  readonly movedOn: string
}

/** What stands in the interface table of a change. */
export interface Change {
  readonly externalReference: string
  readonly accountRef: string
  /** Their word, such as `APPLIED`. */
  readonly status: string
  readonly statusWords: string
  /** As the database writes it; where the column has a time zone, in UTC. Empty: never. */
  readonly changedAt: string
}
