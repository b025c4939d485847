import { stripVTControlCharacters } from 'node:util'

export interface TableOptions {
  readonly head?: readonly string[]
  /** Columns of numbers: their index. */
  readonly right?: readonly number[]
  readonly indent?: string
}

/** Rows in columns that begin below each other, two spaces apart; colours count for nothing. No line ends in blanks. */
export function table(
  rows: readonly (readonly string[])[],
  { head, right = [], indent = '' }: TableOptions = {},
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
      return `${indent}${cells.join('  ')}`.trimEnd()
    })
    .join('\n')
}

function widthOf(cell: string): number {
  return [...stripVTControlCharacters(cell)].length
}
