import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedOfRun } from '../support/seeded-random.ts'
import { judgeElectoral } from './support/electoral-folders.ts'
import { cutPower } from './support/power-cuts.ts'
import { scale } from './support/scale.ts'
import { hasStrace, runTraced } from './support/traced-run.ts'
import type { ElectoralWorkload } from './support/workload-options.ts'

const seed = seedOfRun()
const workloadFile = fileURLToPath(new URL('./support/electoral-workload.ts', import.meta.url))
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-power-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A run that is killed, then one that finds what the first has left. */
async function cutAndJudge(cuts: number, special: Partial<ElectoralWorkload> = {}): Promise<string[]> {
  const path = join(folder, 'disk')
  await mkdir(path)
  const base = { folder: path, batches: 8, ...special }
  const runs = [
    await runTraced(workloadFile, { ...base, run: 1, killsItselfAt: 6 }, path, join(folder, 'first')),
    await runTraced(workloadFile, { ...base, run: 2 }, path, join(folder, 'second')),
  ]
  expect(
    runs.map(({ end }) => end),
    `seed ${seed}`,
  ).toMatchObject([{ code: null }, { code: 0 }])
  const delivered: string[] = []
  const onReport = (line: string) => delivered.push(...line.split(' ').slice(1))
  const begun = [1, 2].flatMap((run) =>
    Array.from({ length: 8 * 3 }, (_, index) => `run-${run}-${Math.floor(index / 3) + 1}-${(index % 3) + 1}`),
  )
  const examine = (left: string) => judge(left, delivered, begun)
  const keepsFirst = !special.acknowledgesTooEarly
  return await cutPower({ path, runs, seed, cuts, keepsFirst, onReport, examine })
}

async function judge(folder: string, delivered: readonly string[], begun: readonly string[]): Promise<string[]> {
  try {
    return await judgeElectoral(folder, delivered, begun)
  } catch (error) {
    return [String(error)]
  }
}

describe('the folder of the electoral system after a power cut', () => {
  it.skipIf(!hasStrace)(
    'has every file that was said to be handed over, whole, and is said to have no other [needs strace]',
    { timeout: scale(120_000, 1_200_000) },
    async () => {
      expect((await cutAndJudge(scale(120, 2000))).slice(0, 20)).toEqual([])
    },
  )

  it.skipIf(!hasStrace)(
    'would be caught if it were said before the flush [needs strace]',
    { timeout: 60_000 },
    async () => {
      const problems = await cutAndJudge(10, { acknowledgesTooEarly: true })
      expect(problems.filter((problem) => problem.includes('was delivered and is lost')).length).toBeGreaterThan(0)
    },
  )
})
