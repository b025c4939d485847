import { catalogue, type ErrorCode } from '@portreeve/errors'
import Type, { type Static } from 'typebox'
import { labelPattern, messageType } from './schema.ts'

const receiverPattern = '^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]{0,39}$'
function code(description: string) {
  return Type.Unsafe<ErrorCode>({ enum: Object.keys(catalogue), description })
}

const Given = Type.Object(
  {
    document: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'A file, relative to this one: it is staged and announced by an inbox.',
      }),
    ),
    inbox: Type.Optional(
      Type.String({
        pattern: labelPattern,
        description: 'Adapter that it comes in by. Default: the first that polls.',
      }),
    ),
    type: Type.Optional(
      Type.String({
        pattern: messageType,
        description: 'Canonical type of a message that comes in, instead of a document.',
      }),
    ),
    key: Type.Optional(Type.String({ minLength: 1, description: 'Key of the message. Default: one of its own.' })),
    uprn: Type.Optional(Type.String({ description: 'UPRN of the message.' })),
    body: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'Body of the message.' })),
  },
  { additionalProperties: false, description: 'A document, or a message by its type and body.' },
)

const ScriptedAnswer = Type.Object(
  {
    delivered: Type.Optional(Type.String({ minLength: 1, description: 'It has it; this is its own word for it.' })),
    refused: Type.Optional(
      Type.Object(
        {
          code: Type.String({ minLength: 1, description: "The receiver's own code." }),
          reason: Type.String({ minLength: 1, description: "The receiver's own words." }),
        },
        { additionalProperties: false, description: 'It looked at it and refused it for good.' },
      ),
    ),
    notTaken: Type.Optional(code('It surely did not take it, for this reason: a code of docs/errors.md.')),
    unknown: Type.Optional(code('It may have taken it; what came instead of an answer: a code of docs/errors.md.')),
  },
  {
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    description: 'What a receiver says to a message, or to the question what became of it.',
  },
)
export type ScriptedAnswer = Static<typeof ScriptedAnswer>

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
        { additionalProperties: false },
      ),
    ),
  ],
  {
    description:
      'What an adapter was given to send: how many messages, or each of them in order. Of a body, only the fields that stand here are compared.',
  },
)

/** One case of `routes/<name>.test.yaml`. */
export const RouteCase = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'What is promised, as a sentence.' }),
    given: Type.Array(Given, { minItems: 1, description: 'What comes in, one after the other.' }),
    answers: Type.Optional(
      Type.Record(Type.String({ pattern: labelPattern }), Type.Array(ScriptedAnswer), {
        description: 'By label of an adapter, one for each message or question. Behind the last: delivered.',
      }),
    ),
    expect: Type.Object(
      {
        sent: Type.Optional(
          Type.Record(Type.String({ pattern: labelPattern }), Sent, {
            description: 'What each adapter was given to send, by its label; what is sent again counts again.',
          }),
        ),
        states: Type.Optional(
          Type.Record(
            Type.String({ pattern: receiverPattern }),
            Type.Record(Type.String(), Type.Integer({ minimum: 1 })),
            {
              description:
                'By receiver, as portreeve status names it: how many messages are in each state, all of them.',
            },
          ),
        ),
        problems: Type.Optional(
          Type.Array(Type.String({ minLength: 1 }), {
            uniqueItems: true,
            description: 'Every code that something was refused or parked with, in any order.',
          }),
        ),
      },
      {
        additionalProperties: false,
        minProperties: 1,
        description: 'What is to have come of it; what is not named is not compared.',
      },
    ),
  },
  { additionalProperties: false },
)
export type RouteCase = Static<typeof RouteCase>

/** `routes/<name>.test.yaml`: the cases of the route in the file beside it. */
export const RouteTestFile = Type.Object(
  { cases: Type.Array(RouteCase, { minItems: 1, description: 'Each is played on a broker of its own.' }) },
  { additionalProperties: false },
)
