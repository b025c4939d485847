import { type Static, Type } from 'typebox'

/** Of settings that may be left out. */
export const defaults = { pollEverySeconds: 5, settleSeconds: 10 } as const

export const configSchema = Type.Object(
  {
    inboxFolder: Type.String({
      minLength: 1,
      description:
        'Folder that files are dropped into. What was taken goes to its subfolder taken, what came twice to duplicate.',
    }),
    answersFolder: Type.Optional(
      Type.String({ minLength: 1, description: 'Folder for what became of each file. Default: answers in the inbox.' }),
    ),
    pollEverySeconds: Type.Optional(
      Type.Number({
        minimum: 0.05,
        maximum: 86_400,
        default: defaults.pollEverySeconds,
        description: 'Seconds between two looks into the inbox.',
      }),
    ),
    settleSeconds: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 3600,
        default: defaults.settleSeconds,
        description: 'Seconds that the size and time of a file stand still before it is taken for complete.',
      }),
    ),
  },
  { additionalProperties: false },
)

export type RevenuesConfig = Static<typeof configSchema>
