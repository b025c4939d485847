import type { Candidate } from '@portreeve/model'

/** What a register can be asked (Request-Reply, EIP). */
export type Question =
  | { readonly kind: 'address'; readonly uprn: string }
  | {
      readonly kind: 'persons'
      readonly personFamilyName: string
      readonly personGivenName: string
      readonly personBirthDate?: string
      /** The council's own reference of the person. */
      readonly customer?: string
    }

/** What a register says. `null`: it does not know. */
export type AnswerTo<Asked extends Question> = Asked extends { kind: 'address' }
  ? { readonly known: boolean; readonly capacity: number | null; readonly occupants: number | null }
  : { readonly candidates: readonly Candidate[] }
