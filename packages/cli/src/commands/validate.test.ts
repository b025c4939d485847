import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { exampleFolder } from '../testing/example-folder.ts'
import { errorOf, run } from '../testing/test-run.ts'

const samples = fileURLToPath(new URL('../../../../config/examples/sallowmere/samples', import.meta.url))
const sample = (name: string) => join(samples, name)

describe('portreeve validate', () => {
  it('says of a good file that it would be sent, and ends with 0', async () => {
    const { code, out, err } = await run(['validate', 'valuebill', sample('1-good.xml')])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('5 reports would be sent as they are, 1 report would be corrected, then sent.')
    expect(out).toMatch(/Nothing was sent\.\n$/)
  })

  it('says of each report that would be refused why and where, and ends with 1', async () => {
    const { code, out } = await run(['validate', 'valuebill', sample('2-some-refused.xml')])
    expect(code).toBe(1)
    expect(out).toMatch(/Report 3 would be refused .*3203/)
    expect(out).toMatch(/line \d+:\d+ {2}1006 Cr08InvalidCodeValidation/)
  })

  it('says of a file that would be refused as a whole why, and ends with 1', async () => {
    const { code, out } = await run(['validate', 'valuebill', sample('4-doctype.xml')])
    expect(code).toBe(1)
    expect(out).toContain('The whole file would be refused; nothing of it would be sent:')
    expect(out).toContain('PRV_FORMATS_DOCTYPE')
  })

  it('answers with one JSON document for all files, which holds every report of which there is something to say', async () => {
    const files = ['1-good.xml', '2-some-refused.xml', '3-cut-short.xml'].map(sample)
    const { code, out, err } = await run(['validate', 'valuebill', ...files, '--json'])
    expect({ code, err }).toEqual({ code: 1, err: '' })
    const { files: answers } = JSON.parse(out)
    expect(answers).toMatchObject([
      {
        file: files[0],
        reports: [{ index: 2, verdict: 'corrected' }],
        document: { problems: [], sent: 5, corrected: 1, refused: 0 },
      },
      { file: files[1], document: { refused: 2 } },
      { file: files[2], document: { problems: [{ code: 'PRV_FORMATS_NOT_WELL_FORMED' }] } },
    ])
  })

  it('judges by the configuration of the instance, where there is one: another council is refused', async () => {
    await using folder = await exampleFolder({
      'other.xml': '',
    })
    const config = join(folder.config, 'broker.yaml')
    const named = await run(['validate', 'voa', sample('1-good.xml')], { workingFolder: folder.path })
    expect({ code: named.code, first: named.out.split('\n')[0] }).toEqual({
      code: 0,
      first: `${sample('1-good.xml')}  judged as voa is set up`,
    })
    const { readFile } = await import('node:fs/promises')
    await writeFile(config, (await readFile(config, 'utf8')).replace("'9999'", "'9998'"))
    const other = await run(['validate', 'valuebill', sample('1-good.xml')], { workingFolder: folder.path })
    expect(other.code).toBe(1)
    expect(other.out).toContain('The whole file would be refused')
    expect(other.out).not.toContain('Report 1')
  })

  it('tells a few reports of many when asked to, and counts them all', async () => {
    const { out } = await run(['validate', 'valuebill', sample('2-some-refused.xml'), '--show', '1'])
    expect(out).toContain('Report 2 ')
    expect(out).not.toContain('Report 3 ')
    expect(out).toContain('… and 1 more report: --show 2 tells them all')
    expect(out).toContain('2 reports would be refused')
  })

  it('tells an adapter that is not there, one that reads no documents, and a file that is not there', async () => {
    const judge = async (...words: string[]) => {
      const result = await run(['validate', ...words, '--json'])
      return { code: result.code, error: errorOf(result).code, out: result.out }
    }
    const file = sample('1-good.xml')
    expect(await judge('valuebil', file)).toEqual({ code: 1, error: 'PRV_CLI_NOT_KNOWN', out: '' })
    const label = errorOf(await run(['validate', 'voa', file, '--json']))
    expect(label.remedy).toContain('--config')
    expect(label.remedy).not.toContain('revenues')
    expect(await judge('revenues', file)).toEqual({ code: 2, error: 'PRV_CLI_CANNOT_VALIDATE', out: '' })
    expect(await judge('valuebill', samples)).toMatchObject({ code: 4, error: 'PRV_CLI_FILE_UNREADABLE' })
  })

  it('goes on after a file that cannot be read, tells it in its place, and ends with 4', async () => {
    const files = ['absent.xml', sample('1-good.xml'), samples, sample('2-some-refused.xml')]
    const told = await run(['validate', 'valuebill', ...files])
    expect(told.code).toBe(4)
    expect(told.out).toMatch(
      /PRV_CLI_FILE_UNREADABLE .*absent.xml[\s\S]*1-good.xml[\s\S]*it\s+is\s+a\s+folder[\s\S]*2-some-refused/,
    )
    expect(told.err).toMatch(/^PRV_CLI_FILE_UNREADABLE .*absent.xml/)
    const { out } = await run(['validate', 'valuebill', ...files, '--json'])
    expect(JSON.parse(out).files).toMatchObject([
      { error: { code: 'PRV_CLI_FILE_UNREADABLE' } },
      { file: files[1] },
      { error: { code: 'PRV_CLI_FILE_UNREADABLE' } },
      { file: files[3] },
    ])
  })

  it('draws how far it is while a large file is read, on a terminal only, and takes the bar away', async () => {
    await using folder = await exampleFolder()
    const good = (await import('node:fs')).readFileSync(sample('1-good.xml'), 'utf8')
    const [, start = '', rest = ''] = /^([\s\S]*?<\/[\w:]*BAreportHeader>)([\s\S]*)$/.exec(good) ?? []
    const [, reports = '', end = ''] = /^([\s\S]*<\/[\w:]*BApropertyReport>)([\s\S]*)$/.exec(rest) ?? []
    await writeFile(join(folder.path, 'large.xml'), start + reports.repeat(700) + end)
    let ticks = 0
    const now = () => new Date(ticks++ * 200)
    const words = ['validate', 'valuebill', 'large.xml', '--show', '0']
    const { code, out, err } = await run(words, { workingFolder: folder.path, live: true, now })
    expect(code).toBe(0)
    expect(err).toMatch(/large\.xml █*░* +\d+ % {2}.* of [\d.]+ MB.* left/)
    expect(err.endsWith('\r\u001b[2K')).toBe(true)
    expect(out).not.toContain('█')
    expect((await run(words, { workingFolder: folder.path, now })).err).toBe('')
  }, 60_000)
})
