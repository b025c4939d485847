import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'

const problemSchema = Type.Object(
  {
    code: Type.String({
      minLength: 1,
      description: 'Catalogue code, or the code of the standard: PRV_FORMATS_SCHEMA, 1012. Portreeve.',
    }),
    path: Type.String({ description: 'Where in the message: /BAreports/BApropertyReport[3]/DateSent. Portreeve.' }),
    line: Type.Optional(Type.Integer({ minimum: 1, description: 'Line in the file as it came, from 1. Portreeve.' })),
    column: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Column in the file as it came, from 1. Portreeve.' }),
    ),
    rule: Type.String({ minLength: 1, description: 'Name of the rule that was broken. Portreeve.' }),
    value: Type.Optional(
      Type.String({ description: 'Value that broke it, cut to 80 characters. May be personal data. Portreeve.' }),
    ),
    sentence: Type.String({ minLength: 1, description: 'What is wrong and what to do about it. Portreeve.' }),
  },
  { additionalProperties: false, title: 'Problem', description: 'One thing that is wrong. Portreeve.' },
)

/** What every refusal says: what the submitter calls the thing, and what is wrong with it. */
export const refusalProperties = {
  identity: Type.Record(Type.String(), Type.String({ description: 'One of these, as it arrived. Portreeve.' }), {
    description: 'What the submitter calls it, where that could be read: report number, transaction id. Portreeve.',
  }),
  problems: Type.Array(problemSchema, {
    minItems: 1,
    description: 'What is wrong, in the order of the document. Portreeve.',
  }),
}

export type RefusedProblem = Immutable<Static<typeof problemSchema>>
