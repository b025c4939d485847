import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { moveFile } from './move-file.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

it('moves a file into a folder that it makes', async () => {
  await using folder = await temporaryFolder()
  await writeFile(join(folder.path, 'a.xml'), 'x')
  const target = await moveFile(join(folder.path, 'a.xml'), join(folder.path, 'taken'))
  expect(target).toBe(join(folder.path, 'taken', 'a.xml'))
  expect(await readdir(folder.path)).toEqual(['taken'])
})

it('replaces nothing: a name that is there gets a number', async () => {
  await using folder = await temporaryFolder()
  for (const text of ['first', 'second', 'third']) {
    await writeFile(join(folder.path, 'a.xml'), text)
    await moveFile(join(folder.path, 'a.xml'), join(folder.path, 'taken'))
  }
  const names = (await readdir(join(folder.path, 'taken'))).toSorted()
  expect(names).toEqual(['a (2).xml', 'a (3).xml', 'a.xml'])
  const texts = await Promise.all(names.map((name) => readFile(join(folder.path, 'taken', name), 'utf8')))
  expect(texts).toEqual(['second', 'third', 'first'])
})

it('gives two that are moved at once a name each', async () => {
  await using folder = await temporaryFolder()
  const moves = Array.from({ length: 20 }, async (_, index) => {
    await mkdir(join(folder.path, String(index)))
    await writeFile(join(folder.path, String(index), 'a.xml'), String(index))
    return await moveFile(join(folder.path, String(index), 'a.xml'), join(folder.path, 'taken'))
  })
  expect(new Set(await Promise.all(moves)).size).toBe(20)
  const names = await readdir(join(folder.path, 'taken'))
  const texts = await Promise.all(names.map((name) => readFile(join(folder.path, 'taken', name), 'utf8')))
  expect(texts.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index))
})

it('says null of a file that is gone already, and leaves nothing in its place', async () => {
  await using folder = await temporaryFolder()
  expect(await moveFile(join(folder.path, 'a.xml'), join(folder.path, 'taken'))).toBeNull()
  expect(await readdir(join(folder.path, 'taken'))).toEqual([])
})

it('leaves the file where it is when it cannot be moved', async () => {
  await using folder = await temporaryFolder()
  await writeFile(join(folder.path, 'a.xml'), 'x')
  await writeFile(join(folder.path, 'taken'), 'in the way')
  await expect(moveFile(join(folder.path, 'a.xml'), join(folder.path, 'taken'))).rejects.toMatchObject({
    code: 'PRV_ENDPOINTS_FILE_FAILED',
  })
  expect(await readFile(join(folder.path, 'a.xml'), 'utf8')).toBe('x')
})
