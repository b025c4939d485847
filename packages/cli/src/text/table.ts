import { widthOf } from './width-of.ts'
import { wrap } from './wrap.ts'

export interface TableOptions {
  readonly head?: readonly string[]
  /** Columns of numbers: their index. */
  readonly right?: readonly number[]
  readonly indent?: string
  /** Characters that a line may have: the last column is wrapped, below its own beginning. Default: as wide as it is. */
  readonly width?: number
}

/** Narrower than this a column of sentences cannot be read. */
const narrowest = 24

/** Rows in columns that begin below each other, two spaces apart; colours count for nothing. No line ends in blanks. */
export function table(
  rows: readonly (readonly string[])[],
  { head, right = [], indent = '', width }: TableOptions = {},
): string {
  const all = head ? [head, ...rows] : rows
  const widths: number[] = []
  for (const row of all) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))
  }
  return all
    .map((row) => {
      const cells = row.map((cell, column) => {
        const filler = ' '.repeat((widths[column] ?? 0) - widthOf(cell))
        return right.includes(column) ? filler + cell : cell + filler
      })
      const line = `${indent}${cells.join('  ')}`.trimEnd()
      const last = row.at(-1)
      if (width === undefined || last === undefined || widthOf(line) <= width) return line
      const first = `${indent}${cells.slice(0, -1).join('  ')}  `
      if (width - widthOf(first) >= narrowest) return wrap(last, { width, first })
      if (row === head) return first.trimEnd()
      const below = `${indent}    `
      return `${first.trimEnd()}\n${wrap(last, { width, first: below })}`
    })
    .join('\n')
}
