import { type Static, Type } from 'typebox'
import { recordFieldSchema } from './record-field.ts'

export const recordEncodings = ['utf-8', 'iso-8859-1', 'windows-1252', 'utf-16le', 'utf-16be'] as const

const fields = (description: string) => Type.Array(recordFieldSchema, { minItems: 1, maxItems: 500, description })

const markerRecord = (description: string) =>
  Type.Object(
    { fields: fields('Its fields, in their order. A constant or a count is compared, whatever else is checked.') },
    { additionalProperties: false, description },
  )

/** How the records of a file are laid out: the content of `layouts/<name>.yaml`. What it cannot say, `layoutFaults` looks at. */
export const recordLayoutSchema = Type.Object(
  {
    format: Type.Enum(['csv', 'fixed-width'], {
      type: 'string',
      description: 'csv: cells with a delimiter between them (RFC 4180). fixed-width: each field has its columns.',
    }),
    encoding: Type.Optional(
      Type.Enum([...recordEncodings], { type: 'string', default: 'utf-8', description: 'How characters are bytes.' }),
    ),
    byteOrderMark: Type.Optional(
      Type.Enum(['accepted', 'required', 'refused'], {
        type: 'string',
        default: 'accepted',
        description: 'The mark at the start of a Unicode file. Written only where it is required.',
      }),
    ),
    lineEnd: Type.Optional(
      Type.Enum(['crlf', 'lf'], {
        type: 'string',
        default: 'crlf',
        description: 'How a record ends when it is written. Both are read.',
      }),
    ),
    delimiter: Type.Optional(
      Type.String({
        pattern: '^[\\t!#-/:-@\\[-`{-~]$',
        default: ',',
        description: 'CSV: one character between cells.',
      }),
    ),
    quote: Type.Optional(
      Type.Enum(['"', "'"], {
        type: 'string',
        default: '"',
        description: 'CSV: what stands around a cell that needs it.',
      }),
    ),
    quoteAll: Type.Optional(
      Type.Boolean({ default: false, description: 'CSV: quotes around every cell that is written, needed or not.' }),
    ),
    header: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'CSV: a line of column names. Read columns may then be in any order.',
      }),
    ),
    otherColumns: Type.Optional(
      Type.Enum(['refused', 'ignored'], {
        type: 'string',
        default: 'refused',
        description: 'CSV with a header: what becomes of a column that is no field.',
      }),
    ),
    neutraliseFormulas: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'CSV: an apostrophe before text that a spreadsheet would take for a formula (= + - @ tab).',
      }),
    ),
    shortLines: Type.Optional(
      Type.Boolean({ default: false, description: 'Fixed width: a line may lack blanks at its end.' }),
    ),
    firstRecord: Type.Optional(markerRecord('A record of its own kind before all others.')),
    fields: fields('The fields of a record, in their order.'),
    lastRecord: Type.Optional(
      markerRecord('A record of its own kind behind all others, such as a trailer with a count.'),
    ),
  },
  { additionalProperties: false, title: 'RecordLayout', description: 'How the records of a file are laid out.' },
)

export type RecordLayout = Static<typeof recordLayoutSchema>
export type RecordEncoding = (typeof recordEncodings)[number]

/** Of settings that may be left out. */
export const layoutDefaults = {
  encoding: 'utf-8',
  byteOrderMark: 'accepted',
  lineEnd: 'crlf',
  delimiter: ',',
  quote: '"',
  quoteAll: false,
  header: true,
  otherColumns: 'refused',
  neutraliseFormulas: false,
  shortLines: false,
} as const satisfies Partial<RecordLayout>

export type WholeLayout = RecordLayout & Required<Pick<RecordLayout, keyof typeof layoutDefaults>>
