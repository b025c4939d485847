import type { Style } from '../text/style.ts'

/** A line of JSON that is laid out: keys bold, texts green, the rest yellow. */
export function colouredJson(line: string, { bold, good, wait }: Style): string {
  return line.replace(
    /("(?:[^"\\]|\\.)*")(\s*:)|("(?:[^"\\]|\\.)*")|\b(true|false|null|-?\d[\d.eE+-]*)/g,
    (_, key?: string, colon?: string, text?: string, other?: string) => {
      if (key !== undefined) return `${bold(key)}${colon ?? ''}`
      return text === undefined ? wait(other ?? '') : good(text)
    },
  )
}

/** A line of XML: tags faint, the text between them as it is. */
export function colouredXml(line: string, { faint }: Style): string {
  return line.replace(/<[^>]*>/g, (tag) => faint(tag))
}
