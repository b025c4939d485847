import { spawn } from 'node:child_process'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { errorOf, run } from '../testing/test-run.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-try-'))
})
afterAll(() => rm(folder, { recursive: true }))

const paused = {
  receiver: 'reports-to-voa.voa',
  code: 'C',
  sentence: 'It is <down>.',
  remedy: 'Wait.',
  pausedAt: '2026-03-01T00:00:00Z',
}
const types = 'from: operations.receiver.paused\nto: operations.receiver.paused\n'
const mapping = (script: string) => `${types}language: jsonata\nscript: ${script}\n`

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  const { mkdir } = await import('node:fs/promises')
  await mkdir(join(folder, 'mappings'), { recursive: true })
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
}

beforeEach(() =>
  write({
    'broker.yaml': 'nothing that is right: true\n',
    'mappings/tidy.yaml': mapping('\'$merge([$, {"code": $lowercase(code)}])\''),
    'sample.json': JSON.stringify(paused),
  }),
)

const tried = (...words: readonly string[]) =>
  run(['try', 'tidy', join(folder, 'sample.json'), ...words, '--config', folder])

describe('a try of a mapping', () => {
  it('shows what comes out, laid out, whatever is wrong with the rest of the configuration', async () => {
    expect(await tried()).toEqual({
      code: 0,
      err: '',
      out: `tidy  operations.receiver.paused → operations.receiver.paused

{
  "receiver": "reports-to-voa.voa",
  "code": "c",
  "sentence": "It is <down>.",
  "remedy": "Wait.",
  "pausedAt": "2026-03-01T00:00:00Z"
}

Nothing is wrong.
`,
    })
  })

  it('says what is wrong with the output, with the message and with the mapping, and ends with 1', async () => {
    await write({
      'mappings/tidy.yaml': mapping('\'{"receiver": 7, "x": reciever}\''),
      'sample.json': JSON.stringify({ ...paused, code: '' }),
    })
    const { code, out } = await tried()
    expect(code).toBe(1)
    expect(out).toContain('{\n  "receiver": 7\n}\n')
    expect(out).toContain('✗ /receiver of the output: ')
    expect(out).toContain('! /code of the message: ')
    expect(out).toContain('✗ mappings/tidy.yaml:4:31 "reciever" is no field of the message.')
    expect(out).toMatch(/\n\d+ problems\n$/)
  })

  it('stops at what keeps the message from being read, in one sentence with its place', async () => {
    await write({ 'sample.json': '{\n  "receiver": x\n}' })
    const { code, out } = await tried('--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      output: null,
      fault: expect.stringMatching(/^Line 2, column 15 of the message: The file is not read as JSON: /),
      input: [],
      problems: [],
      lint: [],
    })
    expect((await tried()).out).toMatch(/\n1 problem\n$/)
  })

  it('answers in JSON', async () => {
    const { code, out } = await tried('--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      mapping: 'tidy',
      from: 'operations.receiver.paused',
      output: { contentType: 'application/json' },
      problems: [],
      fault: null,
    })
  })

  it('shows XML and text from a stylesheet', async () => {
    const ns = 'https://portreeve.example/schemas/canonical/receiver-paused/1'
    const sheet = (inside: string) =>
      `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:p="${ns}" exclude-result-prefixes="p">${inside}</xsl:stylesheet>`
    const template = '<xsl:template match="/"><a><b><xsl:value-of select="//p:sentence"/></b></a></xsl:template>'
    await write({
      'mappings/tidy.yaml':
        'from: operations.receiver.paused\nto: { name: a.b.c }\nlanguage: xslt\nscriptFile: tidy.xsl\n',
      'mappings/tidy.xsl': sheet(template),
    })
    expect((await tried()).out).toContain('<a>\n  <b>It is &lt;down&gt;.</b>\n</a>\n')
    await write({ 'mappings/tidy.xsl': sheet(`<xsl:output method="text"/>${template}`) })
    expect((await tried()).out).toContain('\n\nIt is <down>.\n\nNothing is wrong.')
  })

  it('obeys nothing that a message holds, and colours what it shows', async () => {
    await write({ 'sample.json': JSON.stringify({ ...paused, sentence: '\u001b[2J\u009b' }) })
    const { out } = await run(['try', 'tidy', join(folder, 'sample.json'), '--config', folder], { colour: true })
    expect(out).toContain('\u001b[1m"sentence"\u001b[22m: \u001b[32m"\\u001b[2J\\x9b"\u001b[39m')
  })

  it('says where a script is wrong', async () => {
    await write({ 'mappings/tidy.yaml': mapping('|\n  {\n    "a" b\n  }') })
    const { code, out } = await tried()
    expect(code).toBe(1)
    expect(out).toContain('✗ mappings/tidy.yaml:6:9 It is no JSONata: ')
  })

  it('knows a mapping and a file that there are not', async () => {
    const mappingless = await run(['try', 'absent', 'sample.json', '--config', folder, '--json'])
    expect([mappingless.code, errorOf(mappingless)]).toMatchObject([
      1,
      { code: 'PRV_CLI_NOT_KNOWN', remedy: 'Try this: tidy' },
    ])
    const fileless = await run(['try', 'tidy', 'absent.json', '--config', folder, '--json'])
    expect([fileless.code, errorOf(fileless).code]).toEqual([4, 'PRV_CLI_FILE_UNREADABLE'])
  })
})

describe('with --watch', () => {
  it('follows the file, the mapping and its script as they are saved, tells what is wrong, and ends on Ctrl-C', async () => {
    const program = fileURLToPath(new URL('../main.ts', import.meta.url))
    const words = ['try', 'tidy', join(folder, 'sample.json'), '--watch', '--config', folder]
    const child = spawn(process.execPath, [program, ...words])
    let seen = ''
    child.stdout.on('data', (data) => {
      seen += String(data)
    })
    child.stderr.on('data', (data) => {
      seen += String(data)
    })
    const ended = new Promise((resolve) => child.on('exit', resolve))
    const until = async (text: string) => {
      while (!seen.includes(text)) await new Promise((resolve) => setTimeout(resolve, 20))
      seen = ''
    }
    try {
      await until('Ctrl-C ends it')
      await write({ 'sample.json': JSON.stringify({ ...paused, receiver: 'second' }) })
      await until('"receiver": "second"')
      // As an editor does it: another file in its place.
      await write({
        'mappings/tidy.new': `${types}language: jsonata\nscriptFile: tidy.jsonata\n`,
        'mappings/tidy.jsonata': '$',
      })
      await rename(join(folder, 'mappings/tidy.new'), join(folder, 'mappings/tidy.yaml'))
      await until('"code": "C"')
      await write({ 'mappings/tidy.jsonata': '$merge([$, {"code": "third"}])' })
      await until('"code": "third"')
      await rm(join(folder, 'sample.json'))
      await until('PRV_CLI_FILE_UNREADABLE')
      await write({ 'sample.json': JSON.stringify({ ...paused, receiver: 'fourth' }) })
      await until('"receiver": "fourth"')
    } finally {
      child.kill('SIGINT')
    }
    expect(await ended).toBe(0)
  })
})
