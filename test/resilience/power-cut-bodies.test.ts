import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openClaimCheck } from '@portreeve/claim-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedOfRun } from '../support/seeded-random.ts'
import { cutPower } from './support/power-cuts.ts'
import { scale } from './support/scale.ts'
import { hasStrace, runTraced } from './support/traced-run.ts'
import type { ClaimWorkload } from './support/workload-options.ts'

const seed = seedOfRun()
const workloadFile = fileURLToPath(new URL('./support/claim-workload.ts', import.meta.url))
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-power-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A run that is killed, then one that finds what the first has left. */
async function cutAndOpen(cuts: number, bodies: number, special: Partial<ClaimWorkload> = {}): Promise<string[]> {
  const path = join(folder, 'disk')
  await mkdir(path)
  const base = { folder: join(path, 'staged', 'bodies'), seed, bodies, ...special }
  const killed = { ...base, run: 1, killsItselfAt: Math.ceil(bodies / 3) }
  const runs = [
    await runTraced(workloadFile, killed, path, join(folder, 'first')),
    await runTraced(workloadFile, { ...base, run: 2 }, path, join(folder, 'second')),
  ]
  expect(
    runs.map(({ end }) => end),
    `seed ${seed}`,
  ).toMatchObject([{ code: null }, { code: 0 }])
  const keepsFirst = !special.acknowledgesTooEarly
  const acknowledged: string[] = []
  const onReport = (line: string) => acknowledged.push(line.slice('acknowledged '.length))
  const examine = (left: string) => openAfterCut(join(left, 'staged', 'bodies'), acknowledged)
  const problems = await cutPower({ path, runs, seed, cuts, keepsFirst, onReport, examine })
  console.log(`seed ${seed}: ${cuts} cuts, ${acknowledged.length} bodies acknowledged, ${problems.length} problems`)
  return problems
}

async function openAfterCut(folder: string, acknowledged: readonly string[]): Promise<string[]> {
  try {
    const claims = await openClaimCheck({ folder })
    const problems: string[] = []
    for (const digest of acknowledged) {
      if (!(await claims.has(digest))) problems.push(`${digest} was acknowledged and is lost`)
    }
    // Reads them all. One that was never acknowledged may be there too, but whole.
    return [...problems, ...(await claims.check()).map(({ sentence }) => sentence)]
  } catch (error) {
    return [String(error)]
  }
}

describe('a claim check after a power cut', () => {
  it.skipIf(!hasStrace)(
    'opens again and has every body that it acknowledged, whole [needs strace]',
    { timeout: scale(60_000, 1_200_000) },
    async () => {
      const problems = await cutAndOpen(scale(30, 2000), scale(50, 200))
      expect(problems.slice(0, 20)).toEqual([])
    },
  )

  it.skipIf(!hasStrace)(
    'has every body in a folder that an earlier life had made, but not flushed [needs strace]',
    { timeout: scale(60_000, 600_000) },
    async () => {
      const problems = await cutAndOpen(scale(10, 200), 20, { findsFolder: true })
      expect(problems.slice(0, 20)).toEqual([])
    },
  )

  it.skipIf(!hasStrace)(
    'would be caught if it acknowledged before the flush [needs strace]',
    { timeout: 60_000 },
    async () => {
      const problems = await cutAndOpen(6, 20, { acknowledgesTooEarly: true })
      expect(problems.filter((problem) => problem.endsWith('was acknowledged and is lost')).length).toBeGreaterThan(0)
    },
  )
})
