/** One line of the table that `npm run bench` prints. */
export interface Row {
  readonly name: string
  readonly value: number
  /** Such as `messages/s`, `MiB`, `µs`. */
  readonly unit: string
  readonly note?: string
}
