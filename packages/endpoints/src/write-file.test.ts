import { execFileSync } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from './testing/temporary-folder.ts'
import { writeWholeFile } from './write-file.ts'

it('writes a file in a folder that it makes, and writes it over whole', async () => {
  await using folder = await temporaryFolder()
  const answers = join(folder.path, 'answers')
  await writeWholeFile(answers, 'a.txt', 'a longer first text')
  await writeWholeFile(answers, 'a.txt', 'second')
  expect(await readFile(join(answers, 'a.txt'), 'utf8')).toBe('second')
  expect(await readdir(answers)).toEqual(['a.txt'])
})

it('is never seen half: a reader finds the old text or the new one', async () => {
  await using folder = await temporaryFolder()
  const texts = ['a'.repeat(3_000_000), 'b'.repeat(3_000_000)]
  await writeWholeFile(folder.path, 'a.txt', texts[0] ?? '')
  let written = false
  const writing = writeWholeFile(folder.path, 'a.txt', texts[1] ?? '').then(() => {
    written = true
  })
  while (!written) expect(texts.includes(await readFile(join(folder.path, 'a.txt'), 'utf8'))).toBe(true)
  await writing
})

it('says so when the folder cannot be made', async () => {
  await using folder = await temporaryFolder()
  await writeFile(join(folder.path, 'answers'), 'in the way')
  await expect(writeWholeFile(join(folder.path, 'answers'), 'a.txt', 'x')).rejects.toMatchObject({
    code: 'PRV_ENDPOINTS_FILE_FAILED',
  })
})

it.runIf(process.platform !== 'win32')(
  'keeps the old file, and no half one, when the disk is full [needs a POSIX system]',
  async () => {
    await using folder = await temporaryFolder()
    await writeWholeFile(folder.path, 'a.txt', 'old')
    // A limit on the size of a file stands for a full disk: 16 blocks of 512 or 1,024 bytes.
    const script = `
    import { writeWholeFile } from ${JSON.stringify(new URL('./write-file.ts', import.meta.url).href)}
    await writeWholeFile(process.argv[1], 'a.txt', 'x'.repeat(100_000)).catch((error) => console.log(error.code))`
    const command = 'ulimit -f 16; exec "$0" --input-type=module -e "$1" "$2"'
    const told = execFileSync('sh', ['-c', command, process.execPath, script, folder.path], { encoding: 'utf8' })
    expect(told.trim()).toBe('PRV_ENDPOINTS_DISK_FULL')
    expect(await readFile(join(folder.path, 'a.txt'), 'utf8')).toBe('old')
    expect(await readdir(folder.path)).toEqual(['a.txt'])
  },
)
