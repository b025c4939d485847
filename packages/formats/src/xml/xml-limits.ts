/** What a source may have at most. A source that goes over one is refused, whatever it holds. */
export interface XmlLimits {
  /** Elements inside one another. Default 100. */
  readonly maxDepth: number
  /** Characters (UTF-16 units) of an element's or attribute's name, prefix included. Default 256. */
  readonly maxNameCharacters: number
  /** Attributes of one element, namespace declarations included. Default 64. */
  readonly maxAttributes: number
  /** Characters of one piece between two pieces of mark-up: a text, a tag with its attributes, a comment. Default 1 Mi. */
  readonly maxTextCharacters: number
  /** Characters of one record, or of one other child of the root, tags included. Default 16 Mi. */
  readonly maxRecordCharacters: number
  /** Elements in one record, or in one other child of the root. Default 100,000. */
  readonly maxRecordElements: number
  /** Children of the root that are no records. Default 100. */
  readonly maxOtherParts: number
}

export const defaultXmlLimits: XmlLimits = {
  maxDepth: 100,
  maxNameCharacters: 256,
  maxAttributes: 64,
  maxTextCharacters: 1_048_576,
  maxRecordCharacters: 16_777_216,
  maxRecordElements: 100_000,
  maxOtherParts: 100,
}
