/** What the board takes. */
export interface Notice {
  readonly title: string
  readonly text: string
}

/** What it says: the notice's number, or why it does not put it up. */
export type BoardAnswer = { readonly number: string } | { readonly code: string; readonly reason: string }
