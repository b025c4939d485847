import { printable } from './printable.ts'

/** A word of a command that is to be copied: in quotes where a shell would take it apart. */
export function shellWord(word: string): string {
  const shown = printable(word)
  return /^[\w./:@%+=,-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`
}
