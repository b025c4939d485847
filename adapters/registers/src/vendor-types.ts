/** A line of the register of addresses. */
export interface AddressRow {
  readonly uprn: string
  /** As people write it. */
  readonly address?: string
  /** How many may live there, and how many do. */
  readonly capacity?: number
  readonly occupants?: number
}

/** A line of the register of persons. */
export interface PersonRow {
  readonly personReference: string
  readonly personFamilyName: string
  readonly personGivenName: string
  /** YYYY-MM-DD */
  readonly personBirthDate?: string
  readonly uprn?: string
}
