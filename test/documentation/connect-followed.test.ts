import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adapters, conditionProblems, openBroker } from '@portreeve/broker'
import { runCli } from '@portreeve/cli'
import { requireConfiguration } from '@portreeve/configuration'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'
import { until } from '../system/support/until.ts'
import { fencesOf } from './fences.ts'

const page = readFileSync(join(root, 'docs/how-to/connect-your-systems.md'), 'utf8')
const [brokerFile] = fencesOf(page, 'yaml')
const copying = /^cp -R (config\/examples\/\S+)\/\. \.\.\/portreeve-config\/$/m
const [, example = ''] = copying.exec(page) ?? []
const environment = { VOA_PASSWORD: 'correct horse' }

/** A copy as the page has it made. */
const folder = mkdtempSync(join(tmpdir(), 'portreeve-connected-'))
const config = join(folder, 'portreeve-config')
afterAll(() => rmSync(folder, { recursive: true }))

async function portreeve(...words: readonly string[]) {
  const texts: string[] = []
  const code = await runCli([...words, '--config', config], {
    out: async (text) => void texts.push(text),
    err: (text) => void texts.push(text),
    colour: false,
    live: false,
    columns: 100,
    environment,
    workingFolder: folder,
    now: () => new Date(),
  })
  return { code, text: texts.join('') }
}

/** Drops a sample and starts the broker, whose first look finds it. */
async function takesAFile(): Promise<void> {
  expect(await portreeve('send', 'revenues', join(config, 'samples/1-good.xml'))).toMatchObject({ code: 0 })
  const settings = { folder: config, declarations: adapters, conditionProblems, environment }
  const broker = await openBroker({ configuration: await requireConfiguration(settings) })
  try {
    const reports = async () => (await broker.operations.search({ type: 'valuation.report.proposed' })).messages
    await until('each of its reports is on its way', async () => (await reports()).length === 6, { withinMs: 60_000 })
  } finally {
    await broker.stop()
  }
}

describe('the page on connecting your systems, followed to the letter', () => {
  it('has the same example copied as the README and the remedy of a missing configuration', () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`cp -R ${example}/. ../portreeve-config/`)
    expect(readFileSync(join(root, 'docs/errors.md'), 'utf8')).toContain(`cp -R ${example}/. ../portreeve-config/`)
  })

  it('copies an example that keeps its data beside the copy, and runs as it is', async () => {
    mkdirSync(config)
    cpSync(join(root, example), config, { recursive: true })
    expect(await portreeve('lint')).toMatchObject({ code: 0 })
    await takesAFile()
    expect(readdirSync(folder).sort()).toEqual(['portreeve-config', 'portreeve-data'])
  }, 90_000)

  it('lints without a word once broker.yaml is as the page shows it, and nothing else was touched', async () => {
    writeFileSync(join(config, 'broker.yaml'), brokerFile?.text ?? '')
    expect(await portreeve('lint')).toEqual({ code: 0, text: expect.stringMatching(/^Nothing is wrong/) })
  })

  it('passes every test that came with the copy', async () => {
    expect(await portreeve('test')).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^12 of 12 cases as expected/m),
    })
  }, 240_000)

  it('runs, with its folders in a place of this test and without its pauses', async () => {
    const here = (brokerFile?.text ?? '')
      .replace('/var/lib/portreeve', join(folder, 'data'))
      .replace('/srv/revenues/valuebill', join(folder, 'inbox'))
      .replace('https://voa.example', 'http://127.0.0.1:9')
      .replace('pollEverySeconds: 30', 'pollEverySeconds: 1')
      .replace('settleSeconds: 60', 'settleSeconds: 0')
    writeFileSync(join(config, 'broker.yaml'), here)
    await takesAFile()
  }, 90_000)
})
