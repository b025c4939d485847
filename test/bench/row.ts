/** One line of the table that `npm run bench` prints. */
export interface Row {
  readonly name: string
  readonly value: number
  /** Such as `messages/s`, `MiB`, `µs`. */
  readonly unit: string
  /** The least that it is to be. */
  readonly atLeast?: number
  readonly note?: string
}
