import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { named } from '../named.ts'
import { refusalProperties } from './refusal.ts'
import { digestSchema, fileNameSchema, inboxSchema } from './staged-file.ts'

/** Body of `valuation.report.refused`: refused here, before it was a message, or by a receiver; the others go on. */
export const reportRefusedSchema = Type.Object(
  {
    fileName: fileNameSchema,
    digest: digestSchema,
    inbox: Type.Optional(inboxSchema),
    index: Type.Integer({ minimum: 0, description: 'Place of the report in the file, from 0. Portreeve.' }),
    ...refusalProperties,
    rawReport: Type.Optional(
      Type.String({ description: 'The report as it arrived, in the format of the file. Personal data. Portreeve.' }),
    ),
  },
  {
    ...named('ReportRefused', 1),
    additionalProperties: false,
    description: 'One billing authority report is refused: here, or by the receiver that it was sent to.',
  },
)

export type ReportRefused = Immutable<Static<typeof reportRefusedSchema>>
