import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { schemaId } from '../schema-id.ts'
import { refusalProperties } from './refusal.ts'
import { fileNameSchema } from './staged-file.ts'

/** Body of `valuation.submission.refused`: the file as a whole is refused; nothing of it was published. */
export const submissionRefusedSchema = Type.Object(
  { fileName: fileNameSchema, ...refusalProperties },
  {
    $id: schemaId('submission-refused', 1),
    additionalProperties: false,
    description: 'A file of billing authority reports is refused as a whole.',
  },
)

export type SubmissionRefused = Immutable<Static<typeof submissionRefusedSchema>>
