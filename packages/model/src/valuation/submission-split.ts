import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { schemaId } from '../schema-id.ts'
import { fileNameSchema } from './staged-file.ts'

/** Body of `valuation.submission.split`: every report of the file is published, as proposed or as refused. */
export const submissionSplitSchema = Type.Object(
  {
    fileName: fileNameSchema,
    reports: Type.Integer({ minimum: 0, description: 'Reports in the file, the refused ones among them.' }),
    refused: Type.Integer({ minimum: 0, description: 'Reports that were refused here.' }),
  },
  {
    $id: schemaId('submission-split', 1),
    additionalProperties: false,
    description: 'A file of billing authority reports was split into its reports.',
  },
)

export type SubmissionSplit = Immutable<Static<typeof submissionSplitSchema>>
