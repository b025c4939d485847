import { type Static, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'

const id = Type.String({ pattern: '^[!-~]{1,100}$' })
const text = Type.String({ maxLength: 4000 })
const optional = <Schema extends TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]))

/** A person whom the CRM holds. */
const party = Type.Object({
  partyId: id,
  customerReference: optional(id),
  givenName: text,
  familyName: text,
  birthDate: optional(text),
  address: optional(text),
  postcode: optional(text),
})

/** Answer of `GET /parties`; `more`: there are others, who were left out. */
export const partiesAnswer = Compile(
  Type.Object({ parties: Type.Array(party, { maxItems: 1000 }), more: Type.Optional(Type.Boolean()) }),
)

/** Answer of `POST /cases`: 201 with a new case, or 409 with the one of the same external reference. */
export const caseAnswer = Compile(Type.Object({ caseId: id, externalReference: optional(id) }))

/** Answer of `GET /cases`. */
export const casesAnswer = Compile(
  Type.Object({ cases: Type.Array(Type.Object({ caseId: id, externalReference: id }), { maxItems: 1000 }) }),
)

/** Answer of `GET /case-changes`; each change is looked at when its turn comes, `latest` is the last one that there is. */
export const changesAnswer = Compile(
  Type.Object({
    changes: Type.Array(Type.Unknown(), { maxItems: 10_000 }),
    latest: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  }),
)

/** Where a change stands among the others, and whose it is: a case that nobody outside refers to has no reference. */
export const changeHead = Compile(
  Type.Object({
    sequence: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    externalReference: optional(text),
  }),
)

const change = Type.Object({
  sequence: Type.Integer(),
  caseId: id,
  externalReference: Type.String(),
  /** `New`, `InProgress`, `Resolved`, `Rejected`, or a word that a council has added. */
  status: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9 _-]{0,39}$' }),
  resolution: optional(text),
  changedBy: text,
  changedAt: Type.String({ format: 'date-time', maxLength: 40 }),
})

/** A change of a case's state. */
export const caseChange = Compile(change)

/** What the CRM finds wrong with a request. */
export const problemAnswer = Compile(Type.Object({ code: Type.String({ pattern: '^[A-Za-z0-9._-]{1,60}$' }) }))

/** Whether it may be one that we gave: an id of a message. Others open cases, too. */
export function isReference(reference: string | null | undefined): reference is string {
  return reference != null && /^[!-~]{1,200}$/.test(reference)
}

export type Party = Static<typeof party>
export type CaseChange = Static<typeof change>

/** Names of the parameters of `GET /parties`. */
export type PartyQuery = Readonly<
  Partial<Record<'partyId' | 'customerReference' | 'familyName' | 'birthDate' | 'postcode', string>>
>

/** An address as the CRM keeps it. */
export interface CaseAddress {
  readonly uprn?: string
  readonly flat?: string
  readonly building?: string
  readonly number?: string
  readonly street: string
  readonly locality?: string
  readonly town?: string
  readonly postcode?: string
}

export interface CasePerson {
  readonly title?: string
  readonly givenName: string
  readonly familyName: string
  readonly birthDate?: string
}

/** Body of `POST /cases`. */
export interface NewCase {
  readonly externalReference: string
  readonly partyId: string
  readonly type: string
  readonly oldAddress: CaseAddress
  readonly newAddress: CaseAddress
  readonly movedOn: string
  readonly household: readonly CasePerson[]
  readonly contact: { readonly email?: string; readonly telephone?: string }
}
