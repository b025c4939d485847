import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { named } from '../named.ts'
import { digestSchema, fileNameSchema, inboxSchema } from './staged-file.ts'

/** Body of `valuation.submission.split`: every report of the file is published, as proposed or as refused. */
export const submissionSplitSchema = Type.Object(
  {
    fileName: fileNameSchema,
    digest: digestSchema,
    inbox: Type.Optional(inboxSchema),
    reports: Type.Integer({ minimum: 0, description: 'Reports that were published as proposed. Portreeve.' }),
    refused: Type.Integer({ minimum: 0, description: 'Reports that were refused here. Portreeve.' }),
  },
  {
    ...named('SubmissionSplit', 1),
    additionalProperties: false,
    description: 'A file of billing authority reports was split into its reports.',
  },
)

export type SubmissionSplit = Immutable<Static<typeof submissionSplitSchema>>
