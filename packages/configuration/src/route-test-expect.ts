import Type, { type Static } from 'typebox'
import { namePattern } from './process-schema.ts'
import { labelPattern, messageType } from './schema.ts'

const receiverPattern = '^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]{0,39}$'
const closed = { additionalProperties: false }

const Sent = Type.Union(
  [
    Type.Integer({ minimum: 0 }),
    Type.Array(
      Type.Object(
        {
          type: Type.Optional(Type.String({ pattern: messageType, description: 'Canonical type of the message.' })),
          body: Type.Optional(
            Type.Record(Type.String(), Type.Unknown(), {
              description: 'Fields that its body is to have, and their values.',
            }),
          ),
        },
        closed,
      ),
    ),
  ],
  {
    description:
      'What an adapter was given to send: how many messages, or each of them in order. Of a body, only the fields that stand here are compared.',
  },
)

const stages = ['held', 'open', 'ended', 'rejected'] as const
const systemStates = ['withheld', 'waiting', 'delivered', 'confirmed', 'needs-a-person', 'not-concerned'] as const

const ExpectedTransaction = Type.Object(
  {
    stage: Type.Optional(
      Type.Enum(stages, {
        type: 'string',
        description: 'Where it stands: held and open wait for something, ended and rejected are over.',
      }),
    ),
    systems: Type.Optional(
      Type.Record(
        Type.String({ pattern: labelPattern }),
        Type.Enum(systemStates, { type: 'string', description: 'How far the system is.' }),
        { description: 'How far each system is, by its label; one that is not named is not compared.' },
      ),
    ),
    held: Type.Optional(
      Type.Array(Type.String({ pattern: namePattern }), {
        uniqueItems: true,
        description: 'Names of all the quality rules that held it, in any order; they stay when it was approved.',
      }),
    ),
  },
  { ...closed, minProperties: 1 },
)

const ExpectedEmail = Type.Object(
  {
    template: Type.String({ pattern: namePattern, description: 'Name of its template.' }),
    to: Type.Optional(
      Type.Union([Type.String({ minLength: 3 }), Type.Array(Type.String({ minLength: 3 }), { minItems: 1 })], {
        description: 'Address that it goes to, or a list of all of them.',
      }),
    ),
  },
  closed,
)

/** What is to have come of a case. */
export const Expected = Type.Object(
  {
    sent: Type.Optional(
      Type.Record(Type.String({ pattern: labelPattern }), Sent, {
        description: 'What each adapter was given to send, by its label; what is sent again counts again.',
      }),
    ),
    states: Type.Optional(
      Type.Record(Type.String({ pattern: receiverPattern }), Type.Record(Type.String(), Type.Integer({ minimum: 1 })), {
        description:
          'By receiver, as portreeve status names it: how many messages are in each state, all of them; not-concerned only where it is named.',
      }),
    ),
    problems: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        uniqueItems: true,
        description: 'Every code that something was refused or parked with, in any order.',
      }),
    ),
    transactions: Type.Optional(
      Type.Array(ExpectedTransaction, {
        description: 'Every transaction of a process, in the order in which they came.',
      }),
    ),
    emails: Type.Optional(
      Type.Array(ExpectedEmail, {
        description: 'Every e-mail that a process asked for and that was sent, in any order.',
      }),
    ),
  },
  { ...closed, minProperties: 1, description: 'What is to have come of it; what is not named is not compared.' },
)
export type Expected = Static<typeof Expected>
