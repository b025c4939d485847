import { Type } from 'typebox'

/** Of settings that may be left out. */
export const defaults = { timeoutSeconds: 30, maxBodyBytes: 1_048_576 } as const

export const configSchema = Type.Object(
  {
    baseUrl: Type.String({
      format: 'uri',
      // An address is shown in errors; what stands in these parts may be secret.
      pattern: '^[^/?#]+//[^/?#@]+(/[^?#]*)?$',
      description:
        "Address of the system's API, such as https://system.example/api: without a user name, a password, ? or #.",
    }),
    apiKey: Type.String({
      pattern: '^[!-~]+$',
      secret: true,
      description: 'Key of the login that Portreeve has there.',
    }),
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
  { additionalProperties: false },
)
