import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs'

/** What a stand-in remembers, one JSON value a line; with a file, over restarts. */
export interface KeptLines<Line> {
  /** Durable against a kill of the process once it returns; one line, so all of it or nothing. */
  add(line: Line): void
}

/** Calls `remember` for each line of earlier runs, then for each new one. A last line that a kill cut short is dropped. */
export function keepLines<Line>(file: string | undefined, remember: (line: Line) => void): KeptLines<Line> {
  if (file !== undefined) for (const line of wholeLines(file)) remember(JSON.parse(line))
  return {
    add(line) {
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`)
      remember(line)
    },
  }
}

/** The file's lines; what follows the last line break is cut off the file. */
function wholeLines(file: string): string[] {
  if (!existsSync(file)) return []
  const bytes = readFileSync(file)
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end < bytes.byteLength) truncateSync(file, end)
  return bytes.toString('utf8', 0, end).split('\n').slice(0, -1)
}
