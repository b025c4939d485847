/** A record as it stands in its file, taken apart and not yet understood. */
export interface RawRecord {
  /** Line that it begins in, from 1. */
  readonly line: number
  /** All of its text; of one with a fault, what comes before the fault. */
  readonly text: string
  /** Of CSV. */
  readonly cells: readonly Cell[]
  /** Why it could not be taken apart. */
  readonly fault?: RawFault
}

export interface Cell {
  readonly text: string
  /** Where it begins in the text of the record. */
  readonly at: number
}

export interface RawFault {
  readonly rule: string
  readonly sentence: string
}

/** Line and column in the file, from 1, of a place in a record. A column counts UTF-16 code units, as editors do. */
export function placeIn(
  { line, text }: Pick<RawRecord, 'line' | 'text'>,
  at: number,
): { line: number; column: number } {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  return { line: line + linesIn(text, 0, at), column: at - (at === 0 ? 0 : lineStart) + 1 }
}

/** Line ends from one place up to another. */
export function linesIn(text: string, from: number, to: number): number {
  let lines = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}
