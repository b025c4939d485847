/** A fenced block of a Markdown page. */
export interface Fence {
  /** Line of the page that the fence begins in, from 1: line n of the text is line + n of the page. */
  readonly line: number
  readonly text: string
  /** What stands behind the language, such as the name of the file that it shows; `''` when nothing does. */
  readonly about: string
}

/** The fenced blocks of a page that are in this language. */
export function fencesOf(page: string, language: string): readonly Fence[] {
  const fences: Fence[] = []
  for (const match of page.matchAll(/^```(\S*)([^\n]*)\n([\s\S]*?)^```$/gm)) {
    const [, found, about = '', text = ''] = match
    if (found === language)
      fences.push({ line: page.slice(0, match.index).split('\n').length, text, about: about.trim() })
  }
  return fences
}
