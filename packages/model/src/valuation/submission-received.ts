import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { named } from '../named.ts'
import { digestSchema, fileNameSchema, inboxSchema } from './staged-file.ts'

/** Body of `valuation.submission.received`: a file was taken; its bytes lie in the claim-check store. */
export const submissionReceivedSchema = Type.Object(
  {
    fileName: fileNameSchema,
    digest: digestSchema,
    sizeBytes: Type.Integer({ minimum: 0, description: 'Size of the file in bytes. Portreeve.' }),
    inbox: inboxSchema,
  },
  {
    ...named('SubmissionReceived', 1),
    additionalProperties: false,
    description: 'A file of billing authority reports was taken.',
  },
)

export type SubmissionReceived = Immutable<Static<typeof submissionReceivedSchema>>
