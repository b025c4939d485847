import type { Problem } from '../problem.ts'
import type { LayoutParts } from './read-records.ts'
import type { RecordValues } from './record-field.ts'
import type { WholeLayout } from './record-layout.ts'
import { fieldProblem } from './record-problem.ts'
import type { Taken } from './taken.ts'

const lineEnds = { crlf: '\r\n', lf: '\n' } as const

/** Writes the text of files of one layout. */
export function recordWriter({ layout, columns, first, last }: LayoutParts) {
  const { format, header, byteOrderMark, encoding } = layout
  const lineEnd = lineEnds[layout.lineEnd]
  const names = new Set(columns.map(({ field }) => field.name))
  const hasMark = byteOrderMark === 'required' && encoding.startsWith('utf-')
  const join = format === 'csv' ? csvJoiner(layout) : (cells: readonly string[]) => cells.join('')
  const textColumns = columns.map(({ field: { type = 'text' } }) => type === 'text' || type === 'code')

  function problems(values: RecordValues): readonly Problem[] {
    const unknown = Object.keys(values).filter((name) => !names.has(name))
    return [
      ...unknown.map((name) =>
        fieldProblem(`/${name}`, name, { rule: 'known fields', sentence: 'is no field of the layout. Take it out.' }),
      ),
      ...columns.flatMap(({ field: { name }, write }) => {
        const taken = write(values[name])
        return 'fault' in taken ? [fieldProblem(`/${name}`, name, taken.fault)] : []
      }),
    ]
  }

  /** Of records without problems. */
  function file(records: readonly RecordValues[]): string {
    const lines = [
      ...(first ? [join(first.write(records.length).map(textOf))] : []),
      ...(format === 'csv' && header ? [join(columns.map(({ heading }) => heading))] : []),
      ...records.map((values) =>
        join(
          columns.map(({ field: { name }, write }) => textOf(write(values[name]))),
          textColumns,
        ),
      ),
      ...(last ? [join(last.write(records.length).map(textOf))] : []),
    ]
    return (hasMark ? '\ufeff' : '') + lines.map((line) => line + lineEnd).join('')
  }

  return { problems, file }
}

function textOf(taken: Taken<string>): string {
  if ('fault' in taken) throw new TypeError(`a value that cannot be written was not told of: ${taken.fault.rule}`)
  return taken.value
}

/** `isText`: which cells hold text, so that a spreadsheet might take them for a formula. */
function csvJoiner({ delimiter, quote, quoteAll, neutraliseFormulas }: WholeLayout) {
  return (cells: readonly string[], isText: readonly boolean[] = []): string => {
    const written = cells.map((cell, index) => {
      const text = neutraliseFormulas && isText[index] && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
      const needsQuotes =
        quoteAll || text.includes(delimiter) || text.includes(quote) || /^[ \t]|[\r\n]|[ \t]$/.test(text)
      return needsQuotes ? quote + text.replaceAll(quote, quote + quote) + quote : text
    })
    // A line of one empty cell would be no record.
    return written.length === 1 && written[0] === '' ? quote + quote : written.join(delimiter)
  }
}
