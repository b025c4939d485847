import { type Static, Type } from 'typebox'

/** One field of a record. */
export const recordFieldSchema = Type.Object(
  {
    name: Type.String({
      pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,63}$',
      description: 'What the value is called here, such as personFamilyName.',
    }),
    heading: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'CSV: what its column is called. Default: name.' }),
    ),
    type: Type.Optional(
      Type.Enum(['text', 'integer', 'decimal', 'date', 'code'], {
        type: 'string',
        default: 'text',
        description: 'What it holds. A decimal and a date are text here: 12.50, 2026-03-31.',
      }),
    ),
    format: Type.Optional(
      Type.String({
        maxLength: 20,
        default: 'YYYY-MM-DD',
        description: 'Date: how it is written, with YYYY, MM and DD: DD/MM/YYYY.',
      }),
    ),
    decimals: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 12, default: 2, description: 'Decimal: digits behind the point.' }),
    ),
    decimalPoint: Type.Optional(
      Type.Enum(['.', ',', 'none'], {
        type: 'string',
        default: '.',
        description: 'Decimal: the point. none: it is left out, and 1250 means 12.50.',
      }),
    ),
    codes: Type.Optional(
      Type.Record(Type.String(), Type.String({ minLength: 1 }), {
        description: 'Code: what stands in the file, and what it is called here. Nothing else may stand there.',
      }),
    ),
    pattern: Type.Optional(
      Type.String({ maxLength: 200, description: 'Text: regular expression that all of it fits.' }),
    ),
    maxLength: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 65_536, description: 'Most characters, as written.' }),
    ),
    multiline: Type.Optional(
      Type.Boolean({ default: false, description: 'CSV, text: it may hold line ends, which need quotes around it.' }),
    ),
    width: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, description: 'Fixed width: characters that it takes.' }),
    ),
    align: Type.Optional(
      Type.Enum(['left', 'right'], {
        type: 'string',
        description: 'Fixed width: where the value stands. Default: numbers right, the rest left.',
      }),
    ),
    pad: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1,
        pattern: '^[ -~]$',
        default: ' ',
        description: 'Fixed width: the character that fills the rest. A field of nothing but blanks has no value.',
      }),
    ),
    required: Type.Optional(Type.Boolean({ default: false, description: 'It must have a value.' })),
    trim: Type.Optional(
      Type.Boolean({ default: false, description: 'Blanks at both ends are taken off when it is read.' }),
    ),
    default: Type.Optional(
      Type.String({ minLength: 1, description: 'What stands for no value, as it stands in the file.' }),
    ),
    const: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'What stands there always, such as the kind of a record. No value of its own.',
      }),
    ),
    count: Type.Optional(
      Type.Boolean({
        description: 'In the first or last record, integer: how many records lie between. Counted, not given.',
      }),
    ),
  },
  { additionalProperties: false, description: 'One field of a record.' },
)

export type RecordField = Static<typeof recordFieldSchema>

/** What a field holds, by its type: an integer is a number, anything else text. */
export type RecordValue = string | number

/** Values by the names of their fields; one without a value is absent. */
export type RecordValues = Readonly<Record<string, RecordValue>>
