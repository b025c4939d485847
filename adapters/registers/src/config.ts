import { type Static, Type } from 'typebox'

/** Of settings that may be left out. */
export const defaults = { encoding: 'utf-8', settleSeconds: 10, maxRecords: 1_000_000 } as const

export const configSchema = Type.Object(
  {
    addressesFile: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Register of addresses: CSV, a plain file, with the columns uprn, address, capacity (how many may live there) and occupants (how many do). A column may be empty; others are left alone.',
      }),
    ),
    personsFile: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Register of persons: CSV with the columns personReference, personFamilyName, personGivenName, personBirthDate (YYYY-MM-DD) and uprn. The last two may be empty.',
      }),
    ),
    encoding: Type.Optional(
      Type.Enum(['utf-8', 'iso-8859-1', 'windows-1252'], {
        type: 'string',
        default: defaults.encoding,
        description: 'How the characters of the files are bytes.',
      }),
    ),
    settleSeconds: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 3600,
        default: defaults.settleSeconds,
        description:
          'Seconds that the size and time of a changed file stand still before it is read. Until then, and when it cannot be used, what was read before is answered from.',
      }),
    ),
    maxRecords: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000_000,
        default: defaults.maxRecords,
        description:
          'Most records of a file. All are kept in memory: a million of them take about 300 megabytes, and ten seconds to read.',
      }),
    ),
  },
  { additionalProperties: false, description: 'Registers that are kept as CSV files.' },
)

export type RegistersConfig = Static<typeof configSchema>
