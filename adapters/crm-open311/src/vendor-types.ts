import { type Static, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'

/** Ids are text in the specification and numbers in its examples. */
const id = Type.Union([Type.String({ pattern: '^[!-~]{1,100}$' }), Type.Integer({ minimum: 0 })])
const text = Type.String({ maxLength: 4000 })
const optional = <Schema extends TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]))

/** A person whom the CRM holds, as it names them where it needs somebody to choose. */
const account = Type.Object({
  account_id: id,
  first_name: optional(text),
  last_name: optional(text),
  birth_date: optional(text),
  address: optional(text),
})

/** Answer of `POST /requests.json` and `GET /tokens/<token>.json`: a number, or a token by which it can be asked for. */
export const filedAnswer = Compile(
  Type.Array(
    Type.Object({
      service_request_id: optional(Type.Union([id, Type.Literal('')])),
      token: optional(id),
      external_reference: optional(text),
    }),
    { minItems: 1, maxItems: 1 },
  ),
)

/** Answer of any request that went wrong. */
export const errorsAnswer = Compile(
  Type.Array(
    Type.Object({
      code: Type.Union([Type.String({ pattern: '^[A-Za-z0-9._-]{1,60}$' }), Type.Integer()]),
      accounts: optional(Type.Array(account, { maxItems: 1000 })),
    }),
    { minItems: 1, maxItems: 100 },
  ),
)

/** Answer of `GET /requests.json`; each request is looked at when its turn comes. */
export const requestsAnswer = Compile(Type.Array(Type.Unknown(), { maxItems: 10_000 }))

/** When a request was changed, and whose it is: one that nobody outside refers to has no reference. */
export const requestHead = Compile(
  Type.Object({
    service_request_id: id,
    updated_datetime: Type.String({ maxLength: 40 }),
    external_reference: optional(text),
  }),
)

const serviceRequest = Type.Object({
  service_request_id: id,
  external_reference: Type.String(),
  status: Type.Enum(['open', 'closed']),
  /** What `status` cannot tell, in the words of the United Kingdom's extension: `in_progress`, `no_further_action`. */
  external_status_code: optional(Type.String({ pattern: '^[A-Za-z0-9 _-]{0,60}$' })),
  status_notes: optional(text),
  requested_datetime: Type.String({ maxLength: 40 }),
  updated_datetime: Type.String({ maxLength: 40 }),
  /** Who changed it last. */
  updated_by: optional(text),
})

/** A request as it stands now. */
export const serviceRequestForm = Compile(serviceRequest)

/** Whether it may be one that we gave: an id of a message. Others file requests, too. */
export function isReference(reference: string | null | undefined): reference is string {
  return reference != null && /^[!-~]{1,200}$/.test(reference)
}

export type Account = Static<typeof account>
export type ServiceRequest = Static<typeof serviceRequest>

/** Fields of the form of `POST /requests.json`, in their order; a name may come several times. Without `api_key`. */
export type RequestForm = readonly (readonly [name: string, value: string])[]
