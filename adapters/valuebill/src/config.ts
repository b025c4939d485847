import { type Static, Type } from 'typebox'
import { restrictedCharacters } from './restricted-string.ts'

/** Of settings that may be left out. */
export const defaults = { timeoutSeconds: 60, maxBodyBytes: 16_777_216, serviceCorrects: true } as const

export const configSchema = Type.Object(
  {
    baseUrl: Type.String({
      format: 'uri',
      // An address is shown in errors; what stands in these parts may be secret.
      pattern: '^[^/?#]+//[^/?#@]+(/[^?#]*)?$',
      description:
        "Address of the VOA's submission service, such as https://voa.example/ba-reports: without a user name, a password, ? or #.",
    }),
    billingAuthority: Type.String({
      pattern: `^[${restrictedCharacters}]{1,60}$`,
      description: 'Name of the billing authority as it stands in the header of each submission, 1 to 60 characters.',
    }),
    billingAuthorityCode: Type.String({
      pattern: '^(?!0000)[0-9]{4}$',
      description:
        "The authority's four digits at the VOA. Files of another authority are refused; the login's name is BA and these digits.",
    }),
    password: Type.String({ minLength: 1, secret: true, description: 'Password of that login.' }),
    timeoutSeconds: Type.Optional(
      Type.Number({
        default: defaults.timeoutSeconds,
        exclusiveMinimum: 0,
        maximum: 3600,
        description: 'How long one submission may take, from connecting to the last byte of the answer.',
      }),
    ),
    maxBodyBytes: Type.Optional(
      Type.Integer({
        default: defaults.maxBodyBytes,
        minimum: 1024,
        description: 'Most bytes of an answer that are read.',
      }),
    ),
    serviceCorrects: Type.Optional(
      Type.Boolean({
        default: defaults.serviceCorrects,
        description:
          'Whether the service corrects what it is sent, as the published one does: then it is left to it to write the proposed addresses of CR05 and CR12 beside the existing ones and into the remarks, for it would write them a second time. With false, they are sent so.',
      }),
    ),
    schemaFolder: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          "Folder with the publisher's schema, ValuebillBAtoVOA-v3-1d.xsd and what it imports. Without it, our own schema of the same documents is used.",
      }),
    ),
    codesFile: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'File of code lists that take the place of ours: UTF-8, tabs between the columns code_list, code and meaning, which its first line names. Lists: CtaxReasonForReportCode, NndrReasonForReportCode, NndrPrimaryDescriptionCode, NndrSecondaryDescriptionCode, ServiceErrorCode; what is not in it stays ours. The codes that the schema of a schemaFolder takes are written there.',
      }),
    ),
  },
  { additionalProperties: false, description: 'Billing authority reports to the VOA.' },
)

export type ValuebillConfig = Static<typeof configSchema>
