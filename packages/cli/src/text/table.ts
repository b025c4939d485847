import { widthOf } from './width-of.ts'
import { wrap } from './wrap.ts'

export interface TableOptions {
  readonly head?: readonly string[]
  /** Columns of numbers: their index. */
  readonly right?: readonly number[]
  readonly indent?: string
  /**
   * Characters that a line may have: the last column is wrapped, below its own beginning; columns for which there is no room
   * go on below, a little further in. Default: as wide as it is.
   */
  readonly width?: number
}

/** Narrower than this a column of sentences cannot be read. */
const narrowest = 24
const gap = 2

/** Rows in columns that begin below each other, two spaces apart; colours count for nothing. No line ends in blanks. */
export function table(
  rows: readonly (readonly string[])[],
  { head, right = [], indent = '', width = Number.POSITIVE_INFINITY }: TableOptions = {},
): string {
  const all = head ? [head, ...rows] : rows
  const widths: number[] = []
  for (const row of all) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))
  }
  const parts = partsThatFit(widths, width - indent.length)
  return all
    .flatMap((row) => {
      const cells = row.map((cell, column) => {
        const filler = ' '.repeat((widths[column] ?? 0) - widthOf(cell))
        return right.includes(column) ? filler + cell : cell + filler
      })
      return parts.flatMap(({ from, to }, part) => {
        const first = `${indent}${part === 0 ? '' : '    '}${cells
          .slice(from, to - 1)
          .map((cell) => `${cell}  `)
          .join('')}`
        const line = `${first}${cells[to - 1] ?? ''}`.trimEnd()
        if (line.trim() === '') return part === 0 ? [''] : []
        return [widthOf(line) <= width ? line : wrap(row[to - 1] ?? '', { width, first }).trimEnd()]
      })
    })
    .join('\n')
}

/** Columns that stand on one line, and those that go on below. Only the last of all may be narrower than what it holds. */
function partsThatFit(widths: readonly number[], width: number): readonly { from: number; to: number }[] {
  const parts: { from: number; to: number }[] = []
  let from = 0
  let used = 0
  for (const [column, wide] of widths.entries()) {
    const needed = column === widths.length - 1 ? Math.min(wide, narrowest) : wide
    if (column > from && used + gap + needed > width) {
      parts.push({ from, to: column })
      from = column
      used = 4 + wide
    } else used += (column > from ? gap : 0) + wide
  }
  return [...parts, { from, to: widths.length }]
}
