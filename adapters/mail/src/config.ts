import { mailAddressPattern, senderPattern } from '@portreeve/endpoints'
import { type Static, Type } from 'typebox'

/** Of settings that may be left out. */
export const defaults = {
  port: 587,
  security: 'starttls',
  plainTextAllowed: false,
  timeoutSeconds: 30,
  maxPerMinute: 60,
  giveUpAfterDays: 2,
} as const

const address = (description: string) => Type.String({ pattern: mailAddressPattern, maxLength: 254, description })

export const configSchema = Type.Object(
  {
    smtpHost: Type.String({ pattern: '^[A-Za-z0-9.:-]{1,253}$', description: 'Name or address of the mail server.' }),
    port: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 65_535,
        default: defaults.port,
        description: 'Port of the mail server.',
      }),
    ),
    security: Type.Optional(
      Type.Enum(['none', 'starttls', 'tls'], {
        type: 'string',
        default: defaults.security,
        description:
          'How the way there is protected: starttls (usual at port 587), tls from the first byte (465), or none, which is for this machine only. Certificates are checked.',
      }),
    ),
    plainTextAllowed: Type.Optional(
      Type.Boolean({
        default: defaults.plainTextAllowed,
        description: 'Lets security be none for another machine: e-mail and login can then be read on the way.',
      }),
    ),
    user: Type.Optional(Type.String({ minLength: 1, description: 'Name of the login. Without it, nobody logs in.' })),
    password: Type.Optional(Type.String({ minLength: 1, secret: true, description: 'Password of that login.' })),
    from: Type.String({
      pattern: senderPattern,
      description:
        'Who the e-mails are from: an address, or a name and behind it the address in angle brackets. What cannot be delivered comes back there.',
    }),
    replyTo: Type.Optional(
      Type.String({ pattern: senderPattern, description: 'Where answers go. Default: to the sender.' }),
    ),
    templatesFolder: Type.String({
      minLength: 1,
      description:
        'Folder with NAME.subject.txt and NAME.txt for each template, and NAME.html where there is one. Read for each e-mail.',
    }),
    alertsTo: Type.Optional(
      Type.Array(address('An address.'), {
        minItems: 1,
        maxItems: 50,
        description: 'Who is told when a receiver cannot be reached.',
      }),
    ),
    timeoutSeconds: Type.Optional(
      Type.Number({
        minimum: 0.1,
        maximum: 600,
        default: defaults.timeoutSeconds,
        description: 'How long connecting may take, and how long each e-mail.',
      }),
    ),
    maxPerMinute: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000,
        default: defaults.maxPerMinute,
        description: 'Most e-mails within a minute; what is over waits.',
      }),
    ),
    giveUpAfterDays: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 30,
        default: defaults.giveUpAfterDays,
        description: 'Age of a message in days from which an address that takes nothing for now counts as refused.',
      }),
    ),
  },
  { additionalProperties: false, description: 'E-mail, written from templates.' },
)

export type MailConfig = Static<typeof configSchema>
