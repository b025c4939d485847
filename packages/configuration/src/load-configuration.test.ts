import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isPortreeveError } from '@portreeve/errors'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requireConfiguration } from './load-configuration.ts'
import { exampleAdapters } from './testing/example-adapters.ts'
import { environment, goodBroker, lint } from './testing/lint-example.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-configuration-'))
})
afterEach(() => rm(folder, { recursive: true }))

const requireIt = () =>
  requireConfiguration({ folder, declarations: exampleAdapters, environment, conditionProblems: () => [] })

describe('a folder of configuration', () => {
  it('that has no broker.yaml is told with the path that was tried', async () => {
    const error: unknown = await requireIt().catch((caught: unknown) => caught)
    expect(isPortreeveError(error, 'PRV_CONFIGURATION_UNREADABLE')).toBe(true)
    expect(error).toMatchObject({ details: { file: join(folder, 'broker.yaml') } })
  })

  it('that has an error is not started: how many there are is told, and the first with its place', async () => {
    await writeFile(join(folder, 'broker.yaml'), goodBroker.replace('code:', 'cod:'))
    await expect(requireIt()).rejects.toMatchObject({
      code: 'PRV_CONFIGURATION_INVALID',
      message: expect.stringContaining(' has 2 errors. The first: '),
      details: { errors: 2, first: expect.stringMatching(/^broker\.yaml:1:1 authority has no "code"\./) },
    })
  })

  it('may have no routes yet', async () => {
    await writeFile(join(folder, 'broker.yaml'), goodBroker)
    expect(await requireIt()).toMatchObject({ folder, routes: [] })
    expect(await lint({ 'routes/split.yaml': null, 'routes/deliver.yaml': null })).toEqual([
      expect.stringMatching(/^broker\.yaml:1:1 warning no-route: There is no route /),
    ])
  })

  it('whose routes are no folder is told, not taken for one without routes', async () => {
    await writeFile(join(folder, 'broker.yaml'), goodBroker)
    await writeFile(join(folder, 'routes'), '')
    await expect(requireIt()).rejects.toMatchObject({ code: 'PRV_CONFIGURATION_UNREADABLE' })
  })

  it('has its problems in the order of files, lines and columns', async () => {
    const problems = await lint({
      'routes/b.yaml': 'to: office\nfrom: [valuation.report.proposed, X]\n',
      'routes/a.yaml': 'nonsense\n',
      'broker.yaml': goodBroker.replace('name:', 'nmae:'),
    })
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'broker.yaml:1:1',
      'broker.yaml:3:3',
      'routes/a.yaml:1:1',
      'routes/b.yaml:2:35',
    ])
  })
})
