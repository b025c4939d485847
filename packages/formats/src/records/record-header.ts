import type { Cell, RawRecord } from './raw-record.ts'
import { type CutCells, csvCells } from './record-cells.ts'
import type { RecordColumn } from './record-column.ts'
import type { WholeLayout } from './record-layout.ts'
import { fileRefused } from './record-problem.ts'

/**
 * From the line of column names, how the records behind it are cut: columns may be in any order.
 *
 * @throws SourceRefused when a column is missing, there twice, or no field and not ignored
 */
export function headerCutter(
  header: RawRecord,
  columns: readonly RecordColumn[],
  { otherColumns }: Pick<WholeLayout, 'otherColumns'>,
): (raw: RawRecord) => CutCells {
  const names = header.cells.map(({ text }) => text.trim())
  const known = new Set(columns.map(({ heading }) => heading))
  for (const [index, name] of names.entries()) {
    if (known.has(name) && names.indexOf(name) < index) {
      throw fileRefused('columns once', `The column ${name} is there twice. Take one of them out.`, header)
    }
  }
  const missing = columns.filter(({ heading }) => !names.includes(heading))
  if (header.fault || missing.length > 0) {
    const listed = missing.map(({ heading }) => heading).join(', ')
    const sentence = `The first line lacks the column names ${listed}. Check that it is the right file, and its delimiter.`
    throw fileRefused('column names', header.fault?.sentence ?? sentence, header)
  }
  const others = names.filter((name) => !known.has(name)).length
  if (otherColumns === 'refused' && others > 0) {
    const sentence = `The file has ${others} columns that its layout does not know. Take them out, or say otherColumns: ignored.`
    throw fileRefused('known columns', sentence, header)
  }
  const order = columns.map(({ heading }) => names.indexOf(heading))
  return (raw) => {
    const cut = csvCells(raw, names.length)
    return 'rule' in cut ? cut : { cells: order.flatMap((index): Cell[] => cut.cells.slice(index, index + 1)) }
  }
}
