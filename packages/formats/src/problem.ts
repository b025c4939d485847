/** One thing that is wrong with a message, told so that a council officer can act on it. */
export interface Problem {
  /** Catalogue code of this project, or of the standard: `PRV_FORMATS_SCHEMA`, `1012`. */
  readonly code: string
  /** Where in the message: `/BAreports/BApropertyReport[3]/DateSent`. */
  readonly path: string
  /** Line and column in the file as it came, from 1. Absent when the place cannot be told. */
  readonly line?: number
  readonly column?: number
  /** The rule that was broken: its name, or the schema facet (`pattern`, `maxLength 25`). */
  readonly rule: string
  /** The value that broke it, cut to 80 characters. Absent when there is none. May be personal data: never log it. */
  readonly value?: string
  /** One sentence: what is wrong and what to do about it. */
  readonly sentence: string
}
