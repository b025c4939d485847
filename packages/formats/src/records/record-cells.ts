import type { Cell, RawRecord } from './raw-record.ts'
import { characterCount } from './record-characters.ts'
import type { RecordColumn } from './record-column.ts'
import type { WholeLayout } from './record-layout.ts'

/** The cells of a record, one for each column; or why there is not one for each. */
export type CutCells = { readonly cells: readonly Cell[] } | { readonly rule: string; readonly sentence: string }

/** How records of these columns are cut. */
export function cellCutter(
  columns: readonly RecordColumn[],
  { format, shortLines }: Pick<WholeLayout, 'format' | 'shortLines'>,
): (raw: RawRecord) => CutCells {
  return format === 'csv' ? (raw) => csvCells(raw, columns.length) : lineCutter(columns, shortLines)
}

export function csvCells({ cells }: RawRecord, count: number): CutCells {
  if (cells.length === count) return { cells }
  return {
    rule: `${count} cells`,
    sentence: `The record has ${cells.length} cells and should have ${count}. Look for a delimiter too many or a missing quote.`,
  }
}

function lineCutter(columns: readonly RecordColumn[], shortLines: boolean): (raw: RawRecord) => CutCells {
  const widths = columns.map(({ field }) => field.width ?? 0)
  const total = widths.reduce((sum, width) => sum + width, 0)
  return ({ text }) => {
    const length = characterCount(text)
    if (length > total || (length < total && !shortLines)) {
      const sentence = `The line has ${length} characters and should have ${total}. Check the widths, and that it is whole.`
      return { rule: `${total} characters`, sentence }
    }
    const characters = length === text.length ? text : [...text]
    const cells: Cell[] = []
    let taken = 0
    let at = 0
    for (const width of widths) {
      const part = characters.slice(taken, taken + width)
      const cell = typeof part === 'string' ? part : part.join('')
      cells.push({ text: cell, at })
      taken += width
      at += cell.length
    }
    return { cells }
  }
}
