/**
 * What a failure means for the message in hand. It decides who waits, who is told, and whether sending again is safe.
 *
 * - `target-down`: the other system cannot be reached; pause that receiver, try again later.
 * - `overload`: it asks us to slow down; wait as long as it says.
 * - `message-bad`: this message will never pass as it is; park its key, explain, offer a fix.
 * - `already-done`: the receiver has it; accept the proof.
 * - `unknown-outcome`: it may or may not have been taken; ask (`lookup`) before sending again.
 * - `operator`: this machine or its configuration needs a person; nothing moves until then.
 */
export type FailureClass = 'target-down' | 'overload' | 'message-bad' | 'already-done' | 'unknown-outcome' | 'operator'

/** One line of the catalogue. `text` and `remedy` may hold `{name}` places, filled from the error's details. */
export interface CatalogueEntry {
  readonly failureClass: FailureClass
  /** HTTP status that a door answers with, 400 to 599. */
  readonly status: number
  /** One sentence: what was being done, and the value that stood in the way. */
  readonly text: string
  /** One sentence: what to do about it. */
  readonly remedy: string
}
