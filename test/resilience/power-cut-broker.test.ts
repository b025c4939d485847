import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SeededRandom, seedOfRun } from '../support/seeded-random.ts'
import { reportFile, reports, type TestReport } from '../system/support/report-file.ts'
import { goOnAfterCut, lostReferences } from './support/go-on-after-cut.ts'
import { cutPower } from './support/power-cuts.ts'
import { progress, scale } from './support/scale.ts'
import { Told } from './support/told.ts'
import { hasStrace, runTraced } from './support/traced-run.ts'
import type { JourneyWorkload } from './support/workload-options.ts'

const seed = seedOfRun()
const workloadFile = fileURLToPath(new URL('./support/journey-workload.ts', import.meta.url))
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-power-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const cannotBeSent: TestReport = { postcode: 'NONSENSE' }

function filesOfJourney(): ReadonlyMap<string, string> {
  const spring = reportFile({ reports: [...reports(40), cannotBeSent, ...reports(9)] })
  return new Map([
    ['spring.xml', spring],
    ['torn.xml', reportFile().slice(0, -40)],
    ['summer.xml', reportFile({ reports: [cannotBeSent, ...reports(24)] })],
    ['autumn.xml', reportFile({ reports: reports(30) })],
    ['spring-again.xml', spring],
  ])
}

/** A journey that is killed on its way, then one that finds what the first has left. */
async function trace(files: ReadonlyMap<string, string>) {
  const [path, sources] = [join(folder, 'disk'), join(folder, 'sources')]
  await mkdir(path)
  await mkdir(sources)
  for (const [name, content] of files) await writeFile(join(sources, name), content)
  const of = (...names: string[]) => names.map((name) => join(sources, name))
  const killsItselfAt = new SeededRandom(`${seed} kill`).integer(4, 16)
  const killed: JourneyWorkload = {
    folder: path,
    drops: of('spring.xml', 'torn.xml', 'summer.xml'),
    killsItselfAt,
  }
  const last: JourneyWorkload = {
    folder: path,
    drops: of('autumn.xml'),
    dropsLate: join(sources, 'spring-again.xml'),
  }
  const runs = [
    await runTraced(workloadFile, killed, path, join(folder, 'first')),
    await runTraced(workloadFile, last, path, join(folder, 'second')),
  ]
  expect(
    runs.map(({ end }) => end),
    `seed ${seed}`,
  ).toMatchObject([{ code: null }, { code: 0 }])
  return { path, runs }
}

type Examine = (left: string, files: ReadonlyMap<string, string>, told: Told) => Promise<readonly string[]>

async function cutAndExamine(cuts: number, examine: Examine, { tellsTooEarly = false } = {}): Promise<string[]> {
  const files = filesOfJourney()
  const { path, runs } = await trace(files)
  const told = new Told()
  const common = { path, runs, seed, onReport: (line: string) => told.add(line), keepsFirst: !tellsTooEarly }
  // As if all had been told before the first byte was written.
  if (tellsTooEarly) await cutPower({ ...common, cuts: 0, examine: async () => [] })
  let done = 0
  const problems = await cutPower({
    ...common,
    cuts,
    examine: async (left) => {
      progress(`${++done} of ${cuts} cuts`)
      return examine(left, files, told)
    },
  })
  const { taken, ended } = told
  console.log(
    `seed ${seed}: ${cuts} cuts, ${taken.length} submissions, ${ended.size} outcomes, ${problems.length} problems`,
  )
  return problems
}

describe('a broker after a power cut', () => {
  it.skipIf(!hasStrace)(
    'goes on: every file and reference is there, every report at the VOA once, every answer whole [needs strace]',
    { timeout: scale(240_000, 3_600_000) },
    async () => {
      // Each opens a broker with its schemas: hundreds in one process have once brought V8 itself down (a check of Wasm code).
      const problems = await cutAndExamine(scale(12, 250), goOnAfterCut)
      expect(problems.slice(0, 20)).toEqual([])
    },
  )

  it.skipIf(!hasStrace)(
    'would be caught if it told before the flush [needs strace]',
    { timeout: 240_000 },
    async () => {
      const problems = await cutAndExamine(6, (left, _, told) => lostReferences(left, told), { tellsTooEarly: true })
      expect(problems.filter((problem) => problem.includes('was told and is lost')).length).toBeGreaterThan(0)
    },
  )
})
