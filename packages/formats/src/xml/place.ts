/** A place in the file as it came, both from 1; a column is one UTF-16 unit. */
export interface Place {
  readonly line: number
  readonly column: number
}
