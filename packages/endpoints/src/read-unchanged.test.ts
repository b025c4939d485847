import { execFileSync } from 'node:child_process'
import { appendFile, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fileAt } from './file-inbox.ts'
import { readUnchanged } from './read-unchanged.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const megabyte = Buffer.alloc(1_000_000, 'x')
const changed = { code: 'PRV_ENDPOINTS_FILE_CHANGED' }

async function fileWith(folder: string, content: Uint8Array | string) {
  const path = join(folder, 'a.xml')
  await writeFile(path, content)
  await utimes(path, 1000, 1000)
  const file = await fileAt(folder, 'a.xml')
  if (!file) throw new TypeError('it is there')
  return { path, file }
}

it('reads all of a file, in bounded pieces', async () => {
  await using folder = await temporaryFolder()
  const { file } = await fileWith(folder.path, megabyte)
  const pieces = await Array.fromAsync(readUnchanged(file))
  expect(Buffer.concat(pieces).equals(megabyte)).toBe(true)
  expect(Math.max(...pieces.map((piece) => piece.byteLength))).toBeLessThanOrEqual(256 * 1024)
})

it.each([
  ['grows', (path: string) => appendFile(path, 'more')],
  ['shrinks', (path: string) => truncate(path, 600_000)],
  ['is written over', (path: string) => writeFile(path, Buffer.alloc(1_000_000, 'y'))],
  ['is taken away', (path: string) => rm(path)],
  [
    'is replaced',
    async (path: string) => {
      await writeFile(`${path}.part`, megabyte)
      await utimes(`${path}.part`, 1000, 1000)
      await rename(`${path}.part`, path)
    },
  ],
])('says at the end that nothing of it may be used when it %s while it is read', async (_how, change) => {
  await using folder = await temporaryFolder()
  const { path, file } = await fileWith(folder.path, megabyte)
  const reading = readUnchanged(file)[Symbol.asyncIterator]()
  await reading.next()
  await change(path)
  const rest = (async () => {
    while (!(await reading.next()).done);
  })()
  await expect(rest).rejects.toMatchObject(changed)
})

it.each([
  ['a link', (path: string) => symlink('/etc/hostname', path)],
  ['a pipe that nobody writes to', async (path: string) => void execFileSync('mkfifo', [path])],
  ['another file', (path: string) => writeFile(path, 'other')],
  ['nothing', async () => {}],
])('reads nothing of %s that stands there since it was looked at', async (_what, put) => {
  await using folder = await temporaryFolder()
  const { path, file } = await fileWith(folder.path, 'x')
  await rename(path, `${path}.gone`)
  await put(path)
  await expect(Array.fromAsync(readUnchanged(file))).rejects.toMatchObject(changed)
})
