import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'

export const problemSchema = Type.Object(
  {
    code: Type.String({
      minLength: 1,
      description: 'Catalogue code, or the code of the standard: PRV_FORMATS_SCHEMA, 1012.',
    }),
    path: Type.String({ description: 'Where in the message: /BAreports/BApropertyReport[3]/DateSent.' }),
    line: Type.Optional(Type.Integer({ minimum: 1, description: 'Line in the file as it came, from 1.' })),
    column: Type.Optional(Type.Integer({ minimum: 1, description: 'Column in the file as it came, from 1.' })),
    rule: Type.String({ minLength: 1, description: 'Name of the rule that was broken.' }),
    value: Type.Optional(
      Type.String({ description: 'Value that broke it, cut to 80 characters. May be personal data.' }),
    ),
    sentence: Type.String({ minLength: 1, description: 'What is wrong and what to do about it.' }),
  },
  { additionalProperties: false, title: 'Problem', description: 'One thing that is wrong.' },
)

/** What every refusal says: what the submitter calls the thing, and what is wrong with it. */
export const refusalProperties = {
  identity: Type.Record(Type.String(), Type.String(), {
    description: 'What the submitter calls it, where that could be read: report number, transaction id.',
  }),
  problems: Type.Array(problemSchema, { minItems: 1, description: 'What is wrong, in the order of the document.' }),
}

export type RefusedProblem = Immutable<Static<typeof problemSchema>>
