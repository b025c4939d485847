import { fencesOf } from './fences.ts'

/** One thing that a page asks its reader to do, or shows that has come of it. */
export type PageStep =
  | { readonly line: number; readonly command: string }
  | { readonly line: number; readonly path: string; readonly text: string }

/**
 * What a reader who follows a page from its first line to its last does: types the commands of each `sh` block, and writes
 * each other block into the file that its first line, or the sentence above it, names. Throws on a block that names none.
 */
export function pageSteps(page: string): readonly PageStep[] {
  const fences = ['sh', 'ts', 'json', 'md'].flatMap((language) =>
    fencesOf(page, language).map((fence) => ({ language, ...fence })),
  )
  const marks = page.match(/^\s*```/gm)?.length ?? 0
  if (marks !== 2 * fences.length)
    throw new TypeError('a block of the page is indented, or in a language that nobody follows')
  return fences
    .sort((one, other) => one.line - other.line)
    .flatMap(({ language, line, text }): PageStep[] => {
      if (language === 'sh') return commandsOf(text, line)
      const [first = '', path] = /^\/\/ (\S+)\n/.exec(text) ?? []
      return [{ line, path: path ?? pathAbove(page, line), text: text.slice(first.length) }]
    })
}

function commandsOf(text: string, line: number): PageStep[] {
  return text.split('\n').flatMap((command, index) => (command === '' ? [] : { line: line + index + 1, command }))
}

function pathAbove(page: string, line: number): string {
  const above = page.split('\n').slice(0, line - 1)
  const sentence = above.findLast((each) => each !== '') ?? ''
  const path = [...sentence.matchAll(/`([\w./-]+\/[\w.-]+\.\w+)`/g)].at(-1)?.[1]
  if (path === undefined) throw new TypeError(`nothing above line ${line} names the file that is shown there`)
  return path
}
