import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Immutable } from '../immutable.ts'
import { named } from '../named.ts'

/** The states that a message can be in at one receiver; it is in exactly one. */
export const deliveryStates = [
  'waiting',
  'delivered',
  'refused',
  'unknown',
  'parked',
  'not-concerned',
  'discarded',
] as const

export type DeliveryState = (typeof deliveryStates)[number]

const outcome = Type.Object(
  {
    messageId: Type.String({ minLength: 1, description: 'Id of the message. CloudEvents 1.0, id.' }),
    state: Type.Enum(deliveryStates, { type: 'string', description: 'What became of it at this receiver. Portreeve.' }),
    code: Type.Optional(Type.String({ description: "The receiver's own code, or one of the catalogue. Portreeve." })),
    reason: Type.Optional(Type.String({ description: "The receiver's words. Portreeve." })),
    proof: Type.Optional(Type.String({ description: "The receiver's own word for what it has. Portreeve." })),
  },
  { additionalProperties: false, title: 'Outcome', description: 'One message of the batch. Portreeve.' },
)

/** Body of `portreeve.delivery.recorded`: one batch at one receiver. The ledger is a projection of these. */
export const deliveryRecordedSchema = Type.Object(
  {
    receiver: Type.String({ minLength: 1, description: 'Label of the receiver. Portreeve.' }),
    route: Type.String({ minLength: 1, description: 'Name of the route. Portreeve.' }),
    batchId: Type.String({ minLength: 1, description: 'SHA-256 hex over receiver and message ids. Portreeve.' }),
    at: Type.String({ minLength: 1, description: 'When it was known, in UTC. RFC 3339, date-time.' }),
    outcomes: Type.Array(outcome, {
      minItems: 1,
      description: 'One per message, in the order of the batch. Portreeve.',
    }),
  },
  {
    ...named('DeliveryRecorded', 1),
    additionalProperties: false,
    description: 'What became of a batch at a receiver.',
  },
)

export type DeliveryRecorded = Immutable<Static<typeof deliveryRecordedSchema>>

const compiled = Compile(deliveryRecordedSchema)

export function isDeliveryRecorded(value: unknown): value is DeliveryRecorded {
  return compiled.Check(value) && !Number.isNaN(Date.parse(value.at))
}
