import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCli } from '@portreeve/cli'
import { expect, it } from 'vitest'
import { boroughs } from './support/boroughs.ts'
import { reportFile, reports } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()

async function diff(config: string, ...words: readonly string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runCli(['diff', ...words, '--config', config], {
    out: async (text) => void out.push(text),
    err: (text) => void err.push(text),
    colour: false,
    live: false,
    columns: 100,
    environment: {},
    workingFolder: config,
    now: () => new Date(),
  })
  return { code, out: out.join(''), err: err.join('') }
}

async function asked(config: string, ...words: readonly string[]) {
  const { out } = await diff(config, ...words, '--json')
  const { before, changes, consequences, needsRestart } = JSON.parse(out)
  return {
    what: before.what,
    changes: changes.map(({ group, name, kind }: Record<string, unknown>) => `${group} ${name} ${kind}`),
    consequences: consequences.map(({ name, messages, refusal }: Record<string, unknown>) => [name, messages, refusal]),
    needsRestart,
  }
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')))
}

it('tells what a changed configuration changes for the broker at work, and for one that has stopped', async () => {
  const borough = await start()
  // It ends with a configuration that no start takes.
  borough.provable = false
  const config = join(borough.folder, 'config')
  expect(await asked(config)).toEqual({ what: 'running', changes: [], consequences: [], needsRestart: [] })
  expect((await diff(config, '--running')).out).toMatch(/^Nothing is other than what the broker works with since /)

  await borough.drop('reports.xml', reportFile({ reports: reports(3) }))
  await borough.settled()
  await rename(join(config, 'routes/reports-to-voa.yaml'), join(config, 'routes/to-voa.yaml'))
  await edit(join(config, 'broker.yaml'), (text) => text.replace('"timeoutSeconds":30', '"timeoutSeconds":20'))
  const changes = ['adapters voa changed', 'routes reports-to-voa removed', 'routes to-voa added']
  const isNew = ['to-voa.voa', 3, 'PRV_BROKER_RECEIVER_NEW']
  expect(await asked(config)).toEqual({
    what: 'running',
    changes,
    consequences: [isNew, ['reports-to-voa.voa', 0, null]],
    needsRestart: [],
  })
  const told = await diff(config)
  expect(told.code).toBe(1)
  expect(told.out).toContain('timeoutSeconds is 20, was 30.')
  expect(told.out).not.toContain(borough.settings.password)

  await borough.stopBroker()
  expect(await asked(config)).toEqual({ what: 'stopped', changes, consequences: [isNew], needsRestart: [] })
  expect(await asked(config), 'looking changes nothing').toMatchObject({ consequences: [isNew] })
  expect((await diff(config, '--running')).err).toContain('PRV_BROKER_NOT_RUNNING')
})

it('tells of messages that wait for a receiver that is gone, and of partitions that cannot change', async () => {
  const borough = await start({ voaUrl: 'http://127.0.0.1:9' })
  // What it was sent is never delivered.
  borough.provable = false
  const config = join(borough.folder, 'config')
  await borough.drop('reports.xml', reportFile({ reports: reports(2) }))
  await until('two reports wait', async () => (await borough.search({ state: 'waiting' })).length === 2)
  await rm(join(config, 'routes/reports-to-voa.yaml'))
  await edit(join(config, 'broker.yaml'), (text) => text.replace('"partitions":3', '"partitions":4'))
  const { consequences } = await asked(config)
  expect(consequences).toEqual([
    ['reports-to-voa.voa', 2, 'PRV_BROKER_RECEIVER_GONE'],
    ['valuation.report.proposed', 0, 'PRV_LOG_TOPIC_PARTITIONS'],
  ])
})

it('names a mapping that is other, and says what of it', async () => {
  const borough = await start()
  const config = join(borough.folder, 'config')
  const mapping = join(config, 'mappings/remarks.yaml')
  const types = 'from: valuation.report.proposed\nto: valuation.report.proposed\nlanguage: jsonata\n'
  await mkdir(join(config, 'mappings'))
  await writeFile(mapping, `${types}script: '$merge([$, { "remarks": "BY THE FIRST" }])'\n`)
  await edit(join(config, 'routes/reports-to-voa.yaml'), (text) => text.replace('"to"', '"map":"remarks","to"'))
  expect(await asked(config)).toMatchObject({
    changes: ['routes reports-to-voa changed', 'mappings remarks added'],
    consequences: [],
  })
  expect((await diff(config)).out).toContain('What voa gets goes through remarks, was no mapping.')
  await borough.operations.applyConfiguration({})
  expect(await asked(config)).toMatchObject({ changes: [], consequences: [] })

  await edit(mapping, (text) => text.replace('FIRST', 'SECOND'))
  expect(await asked(config)).toEqual({
    what: 'running',
    changes: ['mappings remarks changed'],
    consequences: [],
    needsRestart: [],
  })
  const { code, out } = await diff(config)
  expect(code).toBe(0)
  expect(out).toContain('remarks')
  expect(out).toContain('Its script is another one.')
})
