import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isPortreeveError } from '@portreeve/errors'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedOfRun } from '../support/seeded-random.ts'
import { checkLog } from './support/check-log.ts'
import { workloadFile } from './support/killed-log.ts'
import { cutPower, flushesAmongReports } from './support/power-cuts.ts'
import { Report } from './support/report.ts'
import { progress, scale } from './support/scale.ts'
import { hasStrace, runTraced } from './support/traced-run.ts'
import type { LogWorkload } from './support/workload-options.ts'
import { createTopics } from './support/workload-topics.ts'

const seed = seedOfRun()
/** Large values fill the journal, so that it is copied into the file within the run, not only when the log is closed. */
const largeIn = 4
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-power-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A run that is closed and opened again and killed, then one that finds what the first has left. */
async function trace(records: number, special: Partial<LogWorkload>) {
  const path = join(folder, 'disk')
  await mkdir(path)
  const base = { folder: join(path, 'data', 'log'), seed, largeIn, ...special }
  const small = Math.floor(records / 5)
  const first = { ...base, run: 1, records: small * 2, closesAt: small, killsItselfAt: small * 2 }
  const runs = [
    await runTraced(workloadFile, first, path, join(folder, 'first')),
    await runTraced(workloadFile, { ...base, run: 2, records }, path, join(folder, 'second')),
  ]
  expect(
    runs.map(({ end }) => end),
    `seed ${seed}`,
  ).toMatchObject([{ code: null }, { code: 0 }])
  return { path, runs }
}

async function cutAndOpen(cuts: number, records: number, special: Partial<LogWorkload> = {}) {
  const { path, runs } = await trace(records, special)
  const report = new Report()
  const keepsFirst = !special.acknowledgesTooEarly
  let done = 0
  let largest = 0
  const examine = async (left: string) => {
    largest = Math.max(largest, report.acknowledged.size)
    if (++done % 50 === 0) progress(`${done} of ${cuts} cuts`)
    return openAfterCut(join(left, 'data', 'log'), report)
  }
  const problems = await cutPower({ path, runs, seed, cuts, keepsFirst, onReport: (line) => report.add(line), examine })
  console.log(`seed ${seed}: ${cuts} cuts, up to ${largest} records acknowledged, ${problems.length} problems`)
  const [, last] = runs
  return { problems, checkpoints: last === undefined ? 0 : await flushesAmongReports(last, 'log.db') }
}

async function openAfterCut(folder: string, report: Report): Promise<string[]> {
  try {
    await using log = await openSqliteLog({ folder })
    // What was ready once must be there; before that, a topic may or may not have been made.
    if (!report.wasReady) await createTopics(log)
    return await checkLog(log, report, largeIn)
  } catch (error) {
    return [
      isPortreeveError(error) ? `${error.code}: ${error.message} ${JSON.stringify(error.details)}` : String(error),
    ]
  }
}

describe('a log after a power cut', () => {
  it.skipIf(!hasStrace)(
    'opens again and has all that it acknowledged, as it was written and in order [needs strace]',
    { timeout: scale(120_000, 3_600_000) },
    async () => {
      const { problems, checkpoints } = await cutAndOpen(scale(20, 1000), scale(1400, 4000))
      expect(problems.slice(0, 20)).toEqual([])
      expect(checkpoints, 'copies of the journal into the file while records came').toBeGreaterThan(0)
    },
  )

  it.skipIf(!hasStrace)(
    'has all that it acknowledged in a folder that an earlier life had made, but not flushed [needs strace]',
    { timeout: scale(60_000, 600_000) },
    async () => {
      const { problems } = await cutAndOpen(scale(6, 100), 100, { findsFolder: true })
      expect(problems.slice(0, 20)).toEqual([])
    },
  )

  it.skipIf(!hasStrace)(
    'would be caught if it acknowledged before the flush [needs strace]',
    { timeout: 120_000 },
    async () => {
      // Few cuts may all come where nothing has been acknowledged since the last flush.
      let lost = 0
      for (let round = 0; lost === 0 && round < 6; round += 1) {
        const { problems } = await cutAndOpen(6, 200, { acknowledgesTooEarly: true })
        lost = problems.filter((problem) => problem.endsWith('was acknowledged and is lost')).length
      }
      expect(lost).toBeGreaterThan(0)
    },
  )
})
