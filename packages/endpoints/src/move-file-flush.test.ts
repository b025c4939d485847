import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { fileAt } from './file-inbox.ts'
import { moveFile } from './move-file.ts'
import { syncFolder } from './sync-folder.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

// It flushes all the same: only a power cut would show whether it does.
vi.mock('./sync-folder.ts', { spy: true })
const actual = await vi.importActual<typeof import('./sync-folder.ts')>('./sync-folder.ts')

it('flushes the folder that it left, the one that it went to and what that lies in, when all has its new name', async () => {
  await using folder = await temporaryFolder()
  const [inbox, archive] = [join(folder.path, 'inbox'), join(folder.path, 'archive')]
  const done = join(archive, 'done')
  for (const made of [inbox, archive]) await mkdir(made)
  await writeFile(join(inbox, 'a.xml'), 'x')
  const file = await fileAt(inbox, 'a.xml')
  if (!file) throw new TypeError('it is there')
  const namesThen: string[][] = []
  vi.mocked(syncFolder).mockImplementation(async (path) => {
    namesThen.push([...(await readdir(inbox)), ...(await readdir(done))])
    await actual.syncFolder(path)
  })
  await moveFile(file, done, '0123456789abcdef')
  const flushed = vi.mocked(syncFolder).mock.calls.map(([path]) => path)
  expect(flushed.toSorted()).toEqual([archive, done, inbox])
  expect(namesThen).toEqual([['a.xml'], ['a.xml'], ['a.xml']])
})
