import { dirname, join } from 'node:path'
import { type InboxFile, moveFile, shownFileName, writeWholeFile } from '@portreeve/endpoints'
import type { LineProblem, ReturnLines } from './return-lines.ts'

/** Where a return file goes when it is done with. */
type Shelf = 'done' | 'refused'

/** What was wrong with a return file, as a page for whoever looks after the electoral system. */
function problemText(name: string, problems: readonly LineProblem[], count: number, shelf: Shelf): string {
  const lines = problems.map(({ line, column, sentence }) => {
    const place = line === undefined ? '' : `Line ${line}${column === undefined ? '' : `, column ${column}`}: `
    return `${place}${sentence}`
  })
  const head =
    shelf === 'refused'
      ? 'The file as a whole could not be read. Nothing of it was used.'
      : `${count} of its lines could not be used. All others were.`
  const rest = count > lines.length ? [`And ${count - lines.length} more.`] : []
  return `${[`File: ${shownFileName(name)}`, head, '', ...lines, ...rest].join('\n')}\n`
}

/** Writes the page to where the return file will go, if there is anything to say; resolves with its name. */
export async function writeProblemFile({ name, path }: InboxFile, lines: ReturnLines): Promise<string | null> {
  const { digest, problems, problemCount } = lines
  if (problemCount === 0) return null
  const shelf = shelfOf(lines)
  const problemFile = `${shownFileName(name).slice(0, 40)}.${digest.slice(0, 8)}.problems.txt`
  await writeWholeFile(join(dirname(path), shelf), problemFile, problemText(name, problems, problemCount, shelf))
  return problemFile
}

/** Flushed when it resolves; a file that was changed meanwhile stays and is looked at again. */
export async function putAway(file: InboxFile, lines: ReturnLines): Promise<void> {
  await moveFile(file, join(dirname(file.path), shelfOf(lines)), lines.digest)
}

function shelfOf({ isRefused }: ReturnLines): Shelf {
  return isRefused ? 'refused' : 'done'
}
