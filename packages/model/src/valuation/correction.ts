import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'

/** One thing that is corrected in the copy that is sent, never in the report itself. */
export const correctionSchema = Type.Object(
  {
    rule: Type.String({ minLength: 1, description: 'Name of the correction rule. Portreeve.' }),
    path: Type.String({
      minLength: 1,
      description:
        'Where, in the names of this schema, counted from 0: existingEntries/assessmentProperties/0/currentTax. Portreeve.',
    }),
    before: Type.Optional(Type.String({ description: 'Text that was there. Absent when there was none. Portreeve.' })),
    after: Type.Optional(Type.String({ description: 'Text that is sent. Absent when nothing is. Portreeve.' })),
  },
  { additionalProperties: false, title: 'Correction', description: 'One correction. Portreeve.' },
)

export type Correction = Immutable<Static<typeof correctionSchema>>
