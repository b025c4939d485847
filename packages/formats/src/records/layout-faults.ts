import { dateFormatFault } from './date-format.ts'
import type { RecordField } from './record-field.ts'
import type { RecordLayout } from './record-layout.ts'

/** One thing that is wrong with a layout. */
export interface LayoutFault {
  /** JSON pointer (RFC 6901) into the layout. */
  readonly pointer: string
  readonly sentence: string
}

/** What the schema cannot say of a layout that it takes. Empty when the layout can be used. */
export function layoutFaults(layout: RecordLayout): readonly LayoutFault[] {
  const { format, firstRecord, fields, lastRecord, delimiter, quote } = layout
  const lists = [
    { pointer: '/firstRecord/fields', fields: firstRecord?.fields ?? [], isMarker: true },
    { pointer: '/fields', fields, isMarker: false },
    { pointer: '/lastRecord/fields', fields: lastRecord?.fields ?? [], isMarker: true },
  ]
  const faults = lists.flatMap((list) => [
    ...list.fields.flatMap((field, index) =>
      fieldFaults(field, format, list.isMarker).map((sentence) => ({ pointer: `${list.pointer}/${index}`, sentence })),
    ),
    ...repeated(list.fields.map(({ name }) => name)).map((index) => ({
      pointer: `${list.pointer}/${index}/name`,
      sentence: 'There is a field of this name already. Give it another.',
    })),
  ])
  const headings = repeated(fields.map(({ name, heading }) => heading ?? name)).map((index) => ({
    pointer: `/fields/${index}`,
    sentence: 'There is a column of this heading already. Give it another.',
  }))
  if (delimiter !== undefined && delimiter === (quote ?? '"')) {
    faults.push({
      pointer: '/delimiter',
      sentence: 'Delimiter and quote are the same. Choose another for one of them.',
    })
  }
  return [...faults, ...(format === 'csv' && faults.length === 0 ? headings : [])]
}

/** Settings that mean something for one type only. */
const typeOf: Readonly<Partial<Record<keyof RecordField, RecordField['type']>>> = {
  format: 'date',
  decimals: 'decimal',
  decimalPoint: 'decimal',
  codes: 'code',
  pattern: 'text',
  multiline: 'text',
  count: 'integer',
}

function fieldFaults(field: RecordField, format: RecordLayout['format'], isMarker: boolean): readonly string[] {
  const { type = 'text', width, codes, count, pattern, multiline } = field
  const faults = Object.entries(typeOf).flatMap(([setting, only]) =>
    setting in field && type !== only ? [`The setting ${setting} is for the type ${only}, and this is ${type}.`] : [],
  )
  if (format === 'fixed-width' && width === undefined) faults.push('A field of fixed width needs its width.')
  if (format === 'csv' && width !== undefined) faults.push('CSV has no width. Take it out, or use maxLength.')
  if (format === 'fixed-width' && multiline) faults.push('A record of fixed width is one line. Take multiline out.')
  if (type === 'code' && codes === undefined) faults.push('A code needs its codes.')
  if (codes && Object.keys(codes).length === 0) faults.push('A code needs at least one of codes.')
  if (codes && new Set(Object.values(codes)).size < Object.keys(codes).length) {
    faults.push('Two codes mean the same, so one of them could not be written. Give each its own.')
  }
  if (count && !isMarker) faults.push('A count is for the first or the last record.')
  if (isMarker && !count && field.const === undefined && field.default === undefined) {
    faults.push('A field of the first or last record needs a const, a count or a default.')
  }
  const dateFault = dateFormatFault(field.format)
  if (dateFault !== null) faults.push(dateFault)
  if (pattern !== undefined && !isPattern(pattern)) faults.push('The pattern is no regular expression.')
  return faults
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}

/** Indexes of what stood there before. */
function repeated(names: readonly string[]): readonly number[] {
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []))
}
