/** What a validator says of a document. */
export interface Verdict {
  readonly verdict: 'valid' | 'invalid' | 'malformed'
  /** The validator's first words on it; empty for a valid one. */
  readonly message: string
}
