import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { named } from '../named.ts'
import { refusalProperties } from './refusal.ts'
import { digestSchema, fileNameSchema, inboxSchema } from './staged-file.ts'

/** Body of `valuation.submission.refused`: the file as a whole is refused; nothing of it was published. */
export const submissionRefusedSchema = Type.Object(
  { fileName: fileNameSchema, digest: digestSchema, inbox: Type.Optional(inboxSchema), ...refusalProperties },
  {
    ...named('SubmissionRefused', 1),
    additionalProperties: false,
    description: 'A file of billing authority reports is refused as a whole.',
  },
)

export type SubmissionRefused = Immutable<Static<typeof submissionRefusedSchema>>
