import type { ErrorJson } from '@portreeve/errors'
import type { Candidate } from '@portreeve/model'

/**
 * What became of one message at a receiver.
 *
 * - `delivered`: the system has it; `proof` is its own word for it.
 * - `refused`: the system looked at it and said no, with its own code. Sending the same again would be refused again.
 *   `candidates`: the persons whom it may mean, where it has several and a person has to choose.
 * - `not-taken`: it surely was not taken (its neighbours in the batch spoilt it, or the system is down); send again.
 * - `unknown`: it may or may not have been taken; ask (`lookup`) before sending again.
 */
export type Outcome =
  | { readonly state: 'delivered'; readonly proof: string }
  | {
      readonly state: 'refused'
      readonly code: string
      readonly reason: string
      readonly candidates?: readonly Candidate[]
    }
  | { readonly state: 'not-taken'; readonly error: ErrorJson; readonly retryAfterMs?: number }
  | { readonly state: 'unknown'; readonly error: ErrorJson }
