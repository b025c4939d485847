/** What is to be written, and to whom. */
export interface Letter {
  /** Name of the template: the beginning of its files' names. */
  readonly template: string
  /** Each gets an e-mail of their own. */
  readonly to: readonly string[]
  /** By the names that the template uses. They come from outside. */
  readonly values: Readonly<Record<string, string>>
}

/** What a template and its values make. */
export interface Written {
  readonly subject: string
  readonly text: string
  readonly html?: string
}
