import { type Static, Type } from 'typebox'

/** Of settings that may be left out. */
export const defaults = {
  caseType: 'change-of-address',
  integrationUser: 'portreeve',
  pollEverySeconds: 60,
  timeoutSeconds: 30,
  maxBodyBytes: 4_194_304,
} as const

export const configSchema = Type.Object(
  {
    baseUrl: Type.String({
      format: 'uri',
      // An address is shown in errors; what stands in these parts may be secret.
      pattern: '^[^/?#]+//[^/?#@]+(/[^?#]*)?$',
      description:
        "Address of the CRM's API, such as https://crm.example/api: without a user name, a password, ? or #.",
    }),
    apiKey: Type.String({
      pattern: '^[!-~]+$',
      secret: true,
      description: 'Key of the login that Portreeve has there.',
    }),
    caseType: Type.Optional(
      Type.String({
        default: defaults.caseType,
        pattern: '^[!-~]{1,100}$',
        description: "The CRM's own name of the kind of case that a change of address is.",
      }),
    ),
    integrationUser: Type.Optional(
      Type.String({
        default: defaults.integrationUser,
        minLength: 1,
        description: 'User that the CRM names as the author of what this login writes: it brings no news.',
      }),
    ),
    pollEverySeconds: Type.Optional(
      Type.Number({
        default: defaults.pollEverySeconds,
        minimum: 0.05,
        maximum: 86_400,
        description: 'Seconds between two questions whether cases have changed.',
      }),
    ),
    timeoutSeconds: Type.Optional(
      Type.Number({
        default: defaults.timeoutSeconds,
        minimum: 0.1,
        maximum: 600,
        description: 'How long one request may take, from connecting to the last byte of the answer.',
      }),
    ),
    maxBodyBytes: Type.Optional(
      Type.Integer({
        default: defaults.maxBodyBytes,
        minimum: 1024,
        description: 'Most bytes of an answer that are read.',
      }),
    ),
  },
  { additionalProperties: false, description: 'A CRM with parties and cases.' },
)

export type CrmCasesConfig = Static<typeof configSchema>
