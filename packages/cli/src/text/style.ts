import { styleText } from 'node:util'

/** Marks of a text for people; each leaves the text as it is where there is no colour. */
export interface Style {
  readonly bold: (text: string) => string
  readonly faint: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  readonly wait: (text: string) => string
}

export function styleFor(colour: boolean): Style {
  const mark = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    colour && text !== '' ? styleText(format, text, { validateStream: false }) : text
  return { bold: mark('bold'), faint: mark('dim'), good: mark('green'), bad: mark('red'), wait: mark('yellow') }
}

export const plain = styleFor(false)
