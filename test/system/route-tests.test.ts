import { globSync } from 'node:fs'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { adapters, conditionProblems, type RouteTestOptions, runRouteTests } from '@portreeve/broker'
import { requireConfiguration } from '@portreeve/configuration'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { root } from '../support/source-files.ts'

const configurations = globSync('config/**/broker.yaml', { cwd: root }).map(dirname).sort()
const load = (folder: string) =>
  requireConfiguration({ folder, declarations: adapters, conditionProblems, needsSecrets: false, environment: {} })

/** What no case shows, because it cannot come about. */
const impossible: readonly string[] = [
  // It writes files into a folder that is its own: it has nobody who could refuse, and nothing that could not be written.
  'answers-to-revenues.revenues: refused',
  'answers-to-revenues.revenues: parked',
]

describe.each(configurations)('%s', (folder) => {
  const files = globSync('{routes,processes,quality}/*.yaml', { cwd: join(root, folder) })
    .filter((name) => !name.endsWith('.test.yaml'))
    .sort()

  it.each(files)(
    'has tests beside %s, which keep what they promise and show every way and outcome',
    async (file) => {
      const { results, ways, outcomes } = await runRouteTests(await load(join(root, folder)), {
        only: [basename(file, '.yaml')],
      })
      expect(results.filter(({ differences }) => differences.length > 0)).toEqual([])
      expect(results.length).toBeGreaterThan(0)
      expect(ways.untested).toEqual([])
      expect(outcomes.untested.filter((name) => !impossible.includes(name))).toEqual([])
    },
    240_000,
  )
})

describe('a route test', () => {
  const folders: string[] = []
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
  })

  /** The example with another route to the VOA, and with only these cases. */
  async function play(route: string, cases: string, options: RouteTestOptions = {}) {
    const folder = await mkdtemp(join(tmpdir(), 'portreeve-route-tests-'))
    folders.push(folder)
    await cp(join(root, 'config/examples/sallowmere'), folder, { recursive: true })
    await writeFile(join(folder, 'routes/reports-to-voa.yaml'), route)
    await writeFile(join(folder, 'routes/reports-to-voa.test.yaml'), cases)
    return runRouteTests(await load(folder), { ...options, only: ['reports-to-voa'] })
  }

  const route = 'from: valuation.report.proposed\nto: voa\n'
  const given = '- name: it\n    given: [{ document: ../samples/1-good.xml }]\n'

  it('says what came instead of what was expected, and where the case stands', async () => {
    const expected = 'sent: { voa: 7 }, states: { reports-to-voa.voa: { refused: 6 } }, problems: ["1007"]'
    const { results } = await play(route, `cases:\n  ${given}    expect: { ${expected} }\n`)
    expect(results).toMatchObject([
      {
        place: { file: 'routes/reports-to-voa.test.yaml', line: 2 },
        differences: [
          expect.stringMatching(/^voa was to be sent 7, and was sent 6: /),
          'reports-to-voa.voa was to have 0 delivered, and has 6.',
          'reports-to-voa.voa was to have 6 refused, and has 0.',
          'No problem had the code 1007.',
        ],
      },
    ])
  }, 60_000)

  it('plays a receiver that cannot take a message as it is', async () => {
    const answers = 'answers: { voa: [{ notTaken: PRV_VALUEBILL_MESSAGE }] }'
    const { results } = await play(
      route,
      `cases:\n  ${given}    ${answers}\n    expect: { states: { reports-to-voa.voa: { delivered: 5, parked: 1 } } }\n`,
    )
    expect(results[0]?.differences).toEqual([])
  }, 60_000)

  it('names the ways that no case took', async () => {
    const choosing = `from: valuation.report.proposed
when: { field: body.baReportNumber, present: true }
choose:
  - when: { field: body.baReportNumber, equals: '3101' }
    to: voa
  - when: { field: body.baReportNumber, equals: '9999' }
    to: voa
`
    const { ways } = await play(choosing, `cases:\n  ${given}    expect: { sent: { voa: 1 } }\n`)
    expect(ways).toEqual({ inAll: 4, untested: ['reports-to-voa, branch 2 to voa', 'reports-to-voa, filtered out'] })
  }, 60_000)

  it.each([
    ['a file that is not there', '{ document: nowhere.xml }', 'There is no file nowhere.xml'],
    ['a folder', '{ document: ../samples }', 'There is no file ../samples'],
    [
      'a body',
      '{ message: { type: valuation.report.proposed, body: { nonsense: true } } }',
      'The body is no valuation',
    ],
  ])('is refused with its place when %s cannot come in, and waits for nothing', async (_what, step, sentence) => {
    const cases = `cases:\n  - name: it\n    given: [${step}]\n    expect: { sent: { voa: 0 } }\n`
    await expect(play(route, cases)).rejects.toMatchObject({
      code: 'PRV_CONFIGURATION_INVALID',
      details: { first: expect.stringContaining(`routes/reports-to-voa.test.yaml:3:`) },
    })
    await expect(play(route, cases)).rejects.toThrow(sentence)
  })

  it('leaves nothing behind, not even when it is stopped in the middle', async () => {
    const temporary = await mkdtemp(join(tmpdir(), 'portreeve-route-tests-'))
    folders.push(temporary)
    vi.stubEnv('TMPDIR', temporary)
    const stop = new AbortController()
    const cases = `cases:\n${`  ${given}    expect: { sent: { voa: 6 } }\n`.repeat(9)}`
    try {
      const playing = play(route, cases, { signal: stop.signal, onResult: () => stop.abort(new Error('enough')) })
      await expect(playing).rejects.toThrow('enough')
    } finally {
      vi.unstubAllEnvs()
    }
    expect((await readdir(temporary)).filter((name) => name.startsWith('portreeve-test-'))).toEqual([])
  }, 60_000)
})
