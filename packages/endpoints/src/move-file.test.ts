import { renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fileAt, type InboxFile } from './file-inbox.ts'
import { moveFile } from './move-file.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const mark = '0123456789abcdef'

async function put(folder: string, name: string, text: string): Promise<InboxFile> {
  await writeFile(join(folder, name), text)
  const file = await fileAt(folder, name)
  if (!file) throw new TypeError('it is there')
  return file
}

async function textsIn(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile())
  const texts = files.map(async ({ name }) => [name, await readFile(join(folder, name), 'utf8')] as const)
  return Object.fromEntries(await Promise.all(texts))
}

/** The file as it was looked at; `meddle` happens after it was found unchanged, at the last moment before it is moved. */
function meddledWith(file: InboxFile, meddle: () => void): InboxFile {
  let isChecked = false
  return Object.defineProperty({ ...file }, 'inode', {
    get() {
      if (!isChecked) {
        isChecked = true
        meddle()
      }
      return file.inode
    },
  })
}

it('moves a file into a folder that it makes', async () => {
  await using folder = await temporaryFolder()
  const target = await moveFile(await put(folder.path, 'a.xml', 'x'), join(folder.path, 'taken'), mark)
  expect(target).toBe(join(folder.path, 'taken', 'a.xml'))
  expect(await readdir(folder.path)).toEqual(['taken'])
})

it('replaces nothing: a name that is there gets a mark, and where that is there too, another one', async () => {
  await using folder = await temporaryFolder()
  for (const text of ['first', 'second', 'third', 'fourth']) {
    await moveFile(await put(folder.path, 'a.xml', text), join(folder.path, 'taken'), mark)
  }
  const texts = await textsIn(join(folder.path, 'taken'))
  expect(texts).toMatchObject({ 'a.xml': 'first', 'a.01234567.xml': 'second' })
  expect(Object.values(texts).toSorted()).toEqual(['first', 'fourth', 'second', 'third'])
  for (const name of Object.keys(texts)) expect(name).toMatch(/^a(\.01234567(\.[0-9a-f]{8})?)?\.xml$/)
})

it.each(['x', '🏠'])('moves files of a name as long as names may be, however many there are: %s', async (character) => {
  await using folder = await temporaryFolder()
  const name = `${character.repeat(Math.floor(251 / Buffer.byteLength(character)))}.xml`
  for (let copy = 0; copy < 4; copy++) {
    expect(await moveFile(await put(folder.path, name, 'x'), join(folder.path, 'taken'), mark)).not.toBeNull()
  }
  expect(await readdir(join(folder.path, 'taken'))).toHaveLength(4)
  expect(await readdir(folder.path)).toEqual(['taken'])
})

it('gives two that are moved at once a name each', async () => {
  await using folder = await temporaryFolder()
  const moves = Array.from({ length: 20 }, async (_, index) => {
    await mkdir(join(folder.path, String(index)))
    const file = await put(join(folder.path, String(index)), 'a.xml', String(index))
    return await moveFile(file, join(folder.path, 'taken'), mark)
  })
  expect(new Set(await Promise.all(moves)).size).toBe(20)
  const texts = Object.values(await textsIn(join(folder.path, 'taken')))
  expect(texts.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index))
})

it('leaves a new file in its folder that is renamed over the old one at the last moment', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.xml')
  await put(folder.path, 'new.part', 'new')
  const file = meddledWith(await put(folder.path, 'a.xml', 'old'), () =>
    renameSync(join(folder.path, 'new.part'), path),
  )
  expect(await moveFile(file, join(folder.path, 'taken'), mark)).toBeNull()
  expect(await textsIn(join(folder.path, 'taken'))).toEqual({})
  expect(await textsIn(folder.path)).toEqual({ 'a.xml': 'new' })
})

it.each([
  ['written to', (path: string) => writeFileSync(path, 'more than it was')],
  ['taken away', (path: string) => rmSync(path)],
])('moves nothing when the file is %s at the last moment', async (_how, change) => {
  await using folder = await temporaryFolder()
  const file = await put(folder.path, 'a.xml', 'old')
  expect(
    await moveFile(
      meddledWith(file, () => change(file.path)),
      join(folder.path, 'taken'),
      mark,
    ),
  ).toBeNull()
  expect(await textsIn(join(folder.path, 'taken'))).toEqual({})
})

it('moves nothing that was written over in place, even when size and time were set back', async () => {
  await using folder = await temporaryFolder()
  await put(folder.path, 'a.xml', 'old')
  await utimes(join(folder.path, 'a.xml'), 1000, 1000)
  const file = await fileAt(folder.path, 'a.xml')
  if (!file) throw new TypeError('it is there')
  // The clock of a disk goes in steps.
  await expect
    .poll(async () => {
      writeFileSync(file.path, 'new')
      utimesSync(file.path, 1000, 1000)
      return (await fileAt(folder.path, 'a.xml'))?.changedMs
    })
    .not.toBe(file.changedMs)
  expect(await moveFile(file, join(folder.path, 'taken'), mark)).toBeNull()
  expect(await textsIn(folder.path)).toEqual({ 'a.xml': 'new' })
})

it('says null of a file that is gone already, and leaves nothing in its place', async () => {
  await using folder = await temporaryFolder()
  const file = await put(folder.path, 'a.xml', 'x')
  rmSync(file.path)
  expect(await moveFile(file, join(folder.path, 'taken'), mark)).toBeNull()
  expect(await readdir(join(folder.path, 'taken'))).toEqual([])
})

it('leaves the file where it is when it cannot be moved', async () => {
  await using folder = await temporaryFolder()
  const file = await put(folder.path, 'a.xml', 'x')
  await writeFile(join(folder.path, 'taken'), 'in the way')
  await expect(moveFile(file, join(folder.path, 'taken'), mark)).rejects.toMatchObject({
    code: 'PRV_ENDPOINTS_FILE_FAILED',
  })
  expect(await readFile(join(folder.path, 'a.xml'), 'utf8')).toBe('x')
})
