import Type, { type Static } from 'typebox'
import { labelPattern } from './schema.ts'

/** What a file of a process, of quality rules or a template may be called. */
export const namePattern = '^[a-z][a-z0-9-]{0,39}$'

/** The kind of transaction that processes know, with what it asks and hears. */
const type = (only: string, description: string) => Type.Enum([only], { type: 'string', description })
const name = (description: string) => Type.String({ pattern: namePattern, description })
const closed = { additionalProperties: false }

const System = Type.Object(
  {
    service: name('What a transaction calls it: in what the person wants told, and in consents.'),
    confirmWithinWorkingDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 250,
        description:
          'Whole working days that it has to confirm what it was handed; then a person is called. Absent: what was delivered is done.',
      }),
    ),
    administrators: Type.Optional(
      Type.Array(Type.String({ format: 'email', maxLength: 254 }), {
        description: 'Who gets an e-mail when it could not be updated automatically.',
      }),
    ),
  },
  closed,
)

/** `processes/<name>.yaml`: a Process Manager. */
export const ProcessFile = Type.Object(
  {
    startsWith: type(
      'customer.address.changed',
      'Canonical type of the transaction, such as customer.address.changed.',
    ),
    requests: type(
      'customer.address-update.requested',
      'Canonical type of what each system is asked. Routes bring it to the systems.',
    ),
    answers: type('customer.address-update.answered', 'Canonical type of what the systems say later.'),
    quality: Type.Optional(name('Quality rules: quality/<name>.yaml. Absent: every transaction passes.')),
    acknowledgement: Type.Optional(name('Template of the e-mail to whoever told. Absent: none is sent.')),
    alert: Type.Optional(
      name("Template of the e-mail to a system's administrators when it needs a person. Absent: none is sent."),
    ),
    holidays: Type.Optional(
      Type.Array(Type.String({ format: 'date' }), { description: 'Days on which nobody works: bank holidays.' }),
    ),
    systems: Type.Record(Type.String({ pattern: labelPattern }), System, {
      minProperties: 1,
      ...closed,
      description: 'Which systems are told, by the label of the adapter in broker.yaml.',
    }),
  },
  closed,
)
export type ProcessFile = Static<typeof ProcessFile>

const label = (description: string) => Type.Optional(Type.String({ pattern: labelPattern, description }))

/** `quality/<name>.yaml`: which transactions wait for a person. */
export const QualityFile = Type.Object(
  {
    ask: Type.Optional(
      Type.Object(
        {
          addresses: label('Adapter that knows addresses: it gives facts.address.known, .capacity and .occupants.'),
          persons: label('Adapter that knows persons: it gives facts.persons, how many match.'),
        },
        { ...closed, description: 'Who is asked for facts, by the label of an adapter that answers requests.' },
      ),
    ),
    rules: Type.Array(
      Type.Object(
        {
          name: name('Name of the rule.'),
          when: Type.Object({}, { description: 'A condition on body.<path> and facts.<name>.' }),
          hold: Type.String({ minLength: 1, maxLength: 300, description: 'What the person who decides is told.' }),
        },
        closed,
      ),
      { minItems: 1, description: 'A transaction of which one of these is true waits for a person.' },
    ),
  },
  closed,
)
export type QualityFile = Static<typeof QualityFile>
