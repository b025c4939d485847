import { type Static, Type } from 'typebox'
import { outgoingNames, returnNames } from './vendor-types.ts'

/** Of settings that may be left out. */
export const defaults = { pollEverySeconds: 60, settleSeconds: 60 } as const

export const configSchema = Type.Object(
  {
    outFolder: Type.String({
      minLength: 1,
      description:
        'Folder that the electoral system takes files from. It must be there. Its subfolder .handed-over remembers what was written.',
    }),
    returnsFolder: Type.String({
      minLength: 1,
      description:
        'Folder that the electoral system puts return files into. It must be there. Done files go to its subfolder done, unreadable ones to refused.',
    }),
    layoutFile: Type.Optional(
      Type.String({
        minLength: 1,
        description: `Record layout of what is written. Default: a CSV file of our own. Names of its fields: ${outgoingNames.join(', ')}.`,
      }),
    ),
    returnLayoutFile: Type.Optional(
      Type.String({
        minLength: 1,
        description: `Record layout of return files. Default: a CSV file of our own. Names of its fields: ${returnNames.join(', ')}.`,
      }),
    ),
    pollEverySeconds: Type.Optional(
      Type.Number({
        minimum: 0.05,
        maximum: 86_400,
        default: defaults.pollEverySeconds,
        description: 'Seconds between two looks for return files.',
      }),
    ),
    settleSeconds: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 3600,
        default: defaults.settleSeconds,
        description: 'Seconds that the size and time of a return file stand still before it is taken for complete.',
      }),
    ),
  },
  { additionalProperties: false },
)

export type ElectoralConfig = Static<typeof configSchema>
