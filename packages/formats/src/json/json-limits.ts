/** What a JSON source may have at most. */
export interface JsonLimits {
  /** Bytes of the whole source. Default 16 Mi. */
  readonly maxBytes: number
  /** Objects and lists inside one another. Default 100. */
  readonly maxDepth: number
  /** Problems that are told of one source. Default 1000. */
  readonly maxProblems: number
}

export const defaultJsonLimits: JsonLimits = { maxBytes: 16_777_216, maxDepth: 100, maxProblems: 1000 }
