import { catalogue, type ErrorCode } from '@portreeve/errors'
import { addressUpdateStatuses } from '@portreeve/model'
import Type, { type Static } from 'typebox'
import { labelPattern, messageType } from './schema.ts'

const closed = { additionalProperties: false }
const words = (description: string) => Type.Optional(Type.String({ minLength: 1, description }))
const why = (description: string) => Type.String({ minLength: 1, maxLength: 500, description })

const Candidate = Type.Object(
  {
    personReference: Type.String({ minLength: 1, description: "The system's own reference of the person." }),
    description: Type.String({ minLength: 1, description: 'What tells this person from the others.' }),
  },
  closed,
)
const Candidates = Type.Array(Candidate, { minItems: 1, description: 'Persons who may be meant.' })

const whichTransaction = Type.Optional(
  Type.Integer({
    minimum: 1,
    description: 'Which transaction: 1 is the first that came in. Default: the last one so far.',
  }),
)

const GivenMessage = Type.Object(
  {
    type: Type.String({ pattern: messageType, description: 'Canonical type of the message.' }),
    body: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'Body of the message. With a file: fields that take the place of those in the file.',
      }),
    ),
    file: words('File with the body in JSON, relative to this one.'),
    key: words('What is about the same keeps its order. Default: about itself alone.'),
    uprn: words('UPRN of the property, in the envelope.'),
    customer: words("The council's reference of the person, in the envelope."),
  },
  { ...closed, description: 'A message that comes in: at the door when the door takes its type, else by an inbox.' },
)

const Says = Type.Object(
  {
    status: Type.Enum(addressUpdateStatuses, { type: 'string', description: 'What the system did.' }),
    words: words("The system's own words."),
    code: words("The system's own code."),
    systemReference: words("The system's own reference of what it has."),
    candidates: Type.Optional(Candidates),
    transaction: whichTransaction,
  },
  { ...closed, description: 'What a system says of the last request that it was sent.' },
)

const Decision = Type.Object(
  {
    approve: Type.Optional(why('The transaction that is held goes on; this is why.')),
    reject: Type.Optional(why('The transaction that is held goes no further; this is why.')),
    correct: Type.Optional(
      Type.Object(
        {
          why: why('Why.'),
          body: Type.Record(Type.String(), Type.Unknown(), {
            description: 'Fields that take the place of those that came.',
          }),
        },
        { ...closed, description: 'The transaction that is held goes on with other fields.' },
      ),
    ),
    resolve: Type.Optional(
      Type.Object(
        {
          system: Type.String({ pattern: labelPattern, description: 'Label of the system that needs a person.' }),
          why: why('Why.'),
          personReference: words('Who is meant: then the system is asked again. Absent: it was dealt with by hand.'),
        },
        { ...closed, description: 'A system that needs a person is dealt with.' },
      ),
    ),
    transaction: whichTransaction,
  },
  { ...closed, description: 'What a person decides.' },
)

/** One step of a case. Exactly one of its keys, and `inbox` beside a document or a message. */
export const Given = Type.Object(
  {
    document: words('A file, relative to this one: it is staged and announced by an inbox.'),
    inbox: Type.Optional(
      Type.String({
        pattern: labelPattern,
        description: 'Adapter that it comes in by. Default: the first that polls.',
      }),
    ),
    message: Type.Optional(GivenMessage),
    says: Type.Optional(
      Type.Record(Type.String({ pattern: labelPattern }), Type.Array(Says, { minItems: 1 }), {
        description: 'What systems say, by label, one after the other.',
      }),
    ),
    decides: Type.Optional(
      Type.Array(Decision, { minItems: 1, description: 'What people decide, one after the other.' }),
    ),
    after: Type.Optional(
      Type.String({
        pattern: '^[1-9][0-9]{0,3} (working days?|days?|hours?|minutes?)$',
        description: 'So much time goes by, such as 6 working days. The holidays of the processes are no working days.',
      }),
    ),
  },
  { ...closed, description: 'One step: a document, a message, what systems say, what people decide, or time.' },
)
export type Given = Static<typeof Given>

function code(description: string) {
  return Type.Unsafe<ErrorCode>({ enum: Object.keys(catalogue), description })
}

export const ScriptedAnswer = Type.Object(
  {
    delivered: words('It has it; this is its own word for it.'),
    refused: Type.Optional(
      Type.Object(
        {
          code: Type.String({ minLength: 1, description: "The receiver's own code." }),
          reason: Type.String({ minLength: 1, description: "The receiver's own words." }),
          candidates: Type.Optional(Candidates),
        },
        { ...closed, description: 'It looked at it and refused it for good.' },
      ),
    ),
    notTaken: Type.Optional(code('It surely did not take it, for this reason: a code of docs/errors.md.')),
    unknown: Type.Optional(code('It may have taken it; what came instead of an answer: a code of docs/errors.md.')),
  },
  {
    ...closed,
    minProperties: 1,
    maxProperties: 1,
    description: 'What a receiver says to a message, or to the question what became of it.',
  },
)
export type ScriptedAnswer = Static<typeof ScriptedAnswer>

/** What a register answers, whatever it is asked. */
export const RegisterAnswers = Type.Object(
  {
    address: Type.Optional(
      Type.Object(
        {
          known: Type.Boolean({ description: 'Whether the UPRN is there.' }),
          capacity: Type.Optional(Type.Integer({ minimum: 0, description: 'How many may live there.' })),
          occupants: Type.Optional(Type.Integer({ minimum: 0, description: 'How many do.' })),
        },
        { ...closed, description: 'What it knows of an address. Default: it is known, and no more.' },
      ),
    ),
    persons: Type.Optional(Type.Array(Candidate, { description: 'Who matches. Default: one person.' })),
  },
  { ...closed, description: 'What the register answers, whatever it is asked.' },
)
export type RegisterAnswers = Static<typeof RegisterAnswers>
