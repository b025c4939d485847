import type { Cell, RawFault } from './raw-record.ts'
import type { WholeLayout } from './record-layout.ts'
import { literally } from './taken.ts'

/** What stands at a place of a CSV text. */
export type ScannedCsv =
  /** `end`: where the next record begins. */
  | { readonly cells: readonly Cell[]; readonly end: number }
  /** `at`: the place of the fault. The next record begins in the line behind it. */
  | { readonly fault: RawFault; readonly at: number }
  /** It cannot be told before there is more text. */
  | 'more'

/** Takes one record apart, at most `maxCharacters` long. */
export type ScanCsv = (text: string, from: number, isEnd: boolean) => ScannedCsv

/** RFC 4180, with LF or CRLF for a line end. What is told does not depend on how much text lies behind the record. */
export function csvScanner(
  { delimiter, quote }: Pick<WholeLayout, 'delimiter' | 'quote'>,
  maxCharacters: number,
): ScanCsv {
  const plain = new RegExp(`[^${literally(delimiter)}${literally(quote)}\\n]*`, 'y')
  const tooLong: RawFault = {
    rule: `at most ${maxCharacters} characters`,
    sentence: `The record is longer than the ${maxCharacters} characters that one may have. Check that its line ends are there.`,
  }
  const unclosed: RawFault = {
    rule: 'quotes are closed',
    sentence: `The quote that opens here is not closed within ${maxCharacters} characters. Close it, or double it if it belongs to the text.`,
  }
  const stray: RawFault = {
    rule: 'quotes stand around a cell',
    sentence:
      'A quote stands inside a cell. Put quotes around the whole cell, and double those that belong to the text.',
  }

  return (text, from, isEnd) => {
    const limit = from + maxCharacters
    const cells: Cell[] = []
    const hasEnded = text.length <= limit && isEnd
    for (let at = from; ; at += 1) {
      const start = at
      let value: string
      if (text.startsWith(quote, at)) {
        const close = closingQuote(text, at, limit)
        if (close === -1) return text.length > limit || isEnd ? { fault: unclosed, at } : 'more'
        value = text.slice(at + 1, close).replaceAll(quote + quote, quote)
        at = close + 1
        // The carriage return of a line end.
        if (text.startsWith('\r', at) && (text[at + 1] === '\n' || at + 1 === text.length)) at += 1
      } else {
        plain.lastIndex = at
        at += plain.exec(text)?.[0].length ?? 0
        const isLineEnd = text[at] === '\n' && text[at - 1] === '\r' && at > start
        value = text.slice(start, isLineEnd ? at - 1 : at)
      }
      if (at > limit) return { fault: tooLong, at: limit }
      if (at === text.length && !hasEnded) return 'more'
      cells.push({ text: value, at: start - from })
      if (at === text.length) return { cells, end: at }
      if (text[at] === '\n') return { cells, end: at + 1 }
      if (text[at] !== delimiter) return { fault: stray, at }
    }
  }

  /** -1 when none comes before the limit. */
  function closingQuote(text: string, open: number, limit: number): number {
    for (let at = text.indexOf(quote, open + 1); at !== -1 && at < limit; at = text.indexOf(quote, at + 2)) {
      if (text[at + 1] !== quote) return at
    }
    return -1
  }
}
