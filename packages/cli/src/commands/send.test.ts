import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exampleFolder } from '../testing/example-folder.ts'
import { errorOf, run } from '../testing/test-run.ts'

describe('portreeve send', () => {
  it('puts files into the inbox whole and under their names, and says what to do next', async () => {
    await using folder = await exampleFolder({ 'one.xml': '<one/>', 'two words.xml': 'x'.repeat(300_000) })
    const { code, out } = await run(['send', 'revenues', 'one.xml', 'two words.xml'], { workingFolder: folder.path })
    expect(code).toBe(0)
    expect((await readdir(folder.inbox)).sort()).toEqual(['one.xml', 'two words.xml'])
    expect(await readFile(join(folder.inbox, 'one.xml'), 'utf8')).toBe('<one/>')
    expect((await readFile(join(folder.inbox, 'two words.xml'))).byteLength).toBe(300_000)
    expect(out).toBe(
      [
        `one.xml is in the inbox ${folder.inbox}.`,
        `two words.xml is in the inbox ${folder.inbox}.`,
        '',
        'See what becomes of it, while the broker runs (portreeve run):',
        '  portreeve list messages --file one.xml',
        "  portreeve list messages --file 'two words.xml'",
        '',
      ].join('\n'),
    )
  })

  it('repeats the configuration that it was given in what to do next', async () => {
    await using folder = await exampleFolder({ 'one.xml': '<one/>' })
    const words = ['send', 'revenues', 'one.xml', '--config', `${folder.path}/config`]
    const { out } = await run(words, { workingFolder: folder.path, columns: 500 })
    expect(out).toContain(`(portreeve run --config ${folder.path}/config):`)
    expect(out.replaceAll(/ \\\n +/g, ' ')).toContain(
      `  portreeve list messages --file one.xml --config ${folder.path}/config\n`,
    )
  })

  it('tells programs the digest by which the file can be found', async () => {
    await using folder = await exampleFolder({ 'empty.xml': '' })
    const { out } = await run(['send', 'revenues', 'empty.xml', '--json'], { workingFolder: folder.path })
    expect(JSON.parse(out)).toEqual({
      sent: [
        {
          file: 'empty.xml',
          inbox: folder.inbox,
          sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
          sizeBytes: 0,
        },
      ],
    })
  })

  it('does not put a file over one that waits there still', async () => {
    await using folder = await exampleFolder({ 'one.xml': 'new' })
    await mkdir(folder.inbox)
    await writeFile(join(folder.inbox, 'one.xml'), 'old')
    const result = await run(['send', 'revenues', 'one.xml', '--json'], { workingFolder: folder.path })
    expect(result.code).toBe(1)
    expect(errorOf(result).code).toBe('PRV_CLI_FILE_IN_THE_WAY')
    expect(await readFile(join(folder.inbox, 'one.xml'), 'utf8')).toBe('old')
    expect(await readdir(folder.inbox)).toEqual(['one.xml'])
  })

  it('tells a label that is not there, and one without an inbox, with those that have one', async () => {
    await using folder = await exampleFolder({ 'one.xml': '' })
    const to = (label: string) => run(['send', label, 'one.xml', '--json'], { workingFolder: folder.path })
    expect(errorOf(await to('revenue'))).toMatchObject({
      code: 'PRV_CLI_NOT_KNOWN',
      remedy: 'Try this: one of these labels: revenues.',
    })
    expect(errorOf(await to('voa'))).toMatchObject({
      code: 'PRV_CLI_NO_INBOX',
      remedy: 'Use one of these labels: revenues.',
    })
    expect([(await to('revenue')).code, (await to('voa')).code]).toEqual([1, 2])
  })

  it('tells a file that cannot be read, and an inbox that cannot be written to', async () => {
    await using folder = await exampleFolder({ 'one.xml': '' })
    const send = (file: string) => run(['send', 'revenues', file, '--json'], { workingFolder: folder.path })
    const absent = await send('absent.xml')
    expect({ code: absent.code, error: errorOf(absent).code }).toEqual({ code: 4, error: 'PRV_CLI_FILE_UNREADABLE' })
    await writeFile(folder.inbox, 'a file where the folder should be')
    const blocked = await send('one.xml')
    expect({ code: blocked.code, error: errorOf(blocked).code }).toEqual({ code: 4, error: 'PRV_CLI_INBOX_UNWRITABLE' })
  })
})
