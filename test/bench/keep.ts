import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { merged, newestBaseline, type Result, readResult, resultsFolder } from './result.ts'
import { speedPage } from './speed-page.ts'

/** The page that says what was measured. */
export const speedPagePath = fileURLToPath(new URL('../../docs/speed.md', import.meta.url))

/**
 * Takes what was measured into the base line of this day, and that into the page.
 *
 * @returns name of the base line's file
 */
export async function keep(measured: Result, day: string): Promise<string> {
  const file = `${day}.baseline.json`
  const baseline = merged(readResult(newestBaseline()), measured)
  const page = speedPage(await readFile(speedPagePath, 'utf8'), file, baseline)
  await writeFile(`${resultsFolder}${file}`, `${JSON.stringify(baseline, null, 2)}\n`)
  await writeFile(speedPagePath, page)
  return file
}
