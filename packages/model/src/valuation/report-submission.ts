import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { text } from '../text.ts'
import { digestSchema, fileNameSchema, inboxSchema } from './staged-file.ts'

const source = 'ValuebillBAtoVOA-v3-1d'

/** Where a report came from: the file, its place in it, and the file's header. */
export const reportSubmissionSchema = Type.Object(
  {
    fileName: fileNameSchema,
    digest: digestSchema,
    inbox: Type.Optional(inboxSchema),
    index: Type.Integer({ minimum: 0, description: 'Place of the report in the file, from 0. Portreeve.' }),
    billingAuthority: text('Name of the authority.', `${source}, BAreportHeader/BillingAuthority`),
    billingAuthorityIdentityCode: text(
      'Its code as it arrived.',
      `${source}, BAreportHeader/BillingAuthorityIdentityCode`,
    ),
    processDate: Type.Optional(text('A date as it stands.', `${source}, BAreportHeader/ProcessDate`)),
    entryDateTime: Type.Optional(
      text('A time as it stands, with or without a zone.', `${source}, BAreportHeader/EntryDateTime`),
    ),
    schemaId: Type.Optional(text('What the sender calls the schema.', `${source}, @SchemaId`)),
    schemaVersion: Type.Optional(text('Its version by the sender.', `${source}, @SchemaVersion`)),
  },
  {
    additionalProperties: false,
    description: `The file that the report came in, and its header. Portreeve; ${source}, BAreportHeader.`,
  },
)

export type ReportSubmission = Immutable<Static<typeof reportSubmissionSchema>>
