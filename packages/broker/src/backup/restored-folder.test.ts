import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { ReferenceNumbers } from '../reference-numbers.ts'
import { memoryStores } from '../testing/memory-stores.ts'
import { passOverGivenReferences } from './restored-folder.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** The mark that a backup bears. */
function mark(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portreeve-restored-'))
  folders.push(folder)
  writeFileSync(join(folder, 'restored'), '')
  return join(folder, 'restored')
}

/** What two brokers give out that know nothing of each other: the one that is lost, and one on its backup. */
async function givenOutTwice(restored: string): Promise<readonly string[]> {
  await using lost = await memoryStores()
  await using backup = await memoryStores()
  const before = await new ReferenceNumbers(lost.log).take(2_000)
  await passOverGivenReferences({ restored }, backup.log)
  const after = new Set(await new ReferenceNumbers(backup.log).take(2_000))
  return before.filter((reference) => after.has(reference))
}

it('gives no reference out again that may have been given out since the backup', async () => {
  const restored = mark()
  expect(await givenOutTwice(restored)).toEqual([])
  expect(existsSync(restored), 'it is passed over once').toBe(false)
  expect(await givenOutTwice(restored), 'without the mark').toHaveLength(2_000)
})
