import { stripVTControlCharacters } from 'node:util'

/** Characters that are seen. */
export function widthOf(cell: string): number {
  return [...stripVTControlCharacters(cell)].length
}
