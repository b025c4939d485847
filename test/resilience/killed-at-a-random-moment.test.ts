import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SeededRandom, seedOfRun } from '../support/seeded-random.ts'
import { checkLog } from './support/check-log.ts'
import { EffectsStandIn } from './support/effects-stand-in.ts'
import { live, liveAndBeKilled } from './support/killed-log.ts'
import { Report } from './support/report.ts'
import { progress, scale } from './support/scale.ts'
import { readTopic } from './support/stored-log.ts'
import { nameOf, SOURCE, textOf } from './support/workload-record.ts'

const seed = seedOfRun()
const rounds = scale(8, 100)
const largeIn = 60
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-killed-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Kills the workload round after round, lets it finish its work once, and says what was promised and is not so. */
async function killAgainAndAgain(rounds: number, acknowledgesTooEarly: boolean) {
  const random = new SeededRandom(`${seed} kills`)
  const socket = join(folder, 'stand-in')
  const base = { folder: join(folder, 'log'), seed, effects: socket, largeIn, acknowledgesTooEarly }
  const report = new Report()
  await using standIn = new EffectsStandIn()
  await standIn.listen(socket)
  for (let run = 1; run <= rounds; run++) {
    const end = await liveAndBeKilled({ ...base, run, records: Number.MAX_SAFE_INTEGER }, report, random)
    expect(end, `round ${run} of seed ${seed}`).toMatchObject({ signal: 'SIGKILL' })
    progress(`killed ${run} of ${rounds}: ${report.acknowledged.size} records acknowledged`)
  }
  const end = await live({ ...base, run: rounds + 1, records: 0, drains: true }, report)
  expect(end, `seed ${seed}`).toMatchObject({ code: 0 })

  await using log = await openSqliteLog({ folder: base.folder })
  const problems = await checkLog(log, report, largeIn)
  const source = await readTopic(log, SOURCE, largeIn, problems)
  const keys = Map.groupBy(source, (record) => nameOf(record).key)
  const effects = Map.groupBy(standIn.effects, (name) => name.split('.')[0] ?? '')
  for (const [key, records] of keys) {
    const names = records.map((record) => textOf(record, 'name'))
    if (names.join() !== effects.get(key)?.join())
      problems.push(`the effects of ${key} are not what its records ask for`)
  }
  console.log(
    `seed ${seed}: ${rounds} kills, ${report.acknowledged.size} records acknowledged, ${source.length} in the source, ` +
      `${standIn.effects.length} effects, ${standIn.repeats} repeats recognised`,
  )
  return { problems, source: source.length, effects: standIn.effects.length }
}

describe('a log whose process is killed at random moments', () => {
  it('keeps all that it acknowledged, in order per key, copies it once and has every effect once', {
    timeout: scale(120_000, 1_800_000),
  }, async () => {
    const { problems, source, effects } = await killAgainAndAgain(rounds, false)
    expect(problems.slice(0, 20), `seed ${seed}`).toEqual([])
    expect(source, 'records written at all').toBeGreaterThan(rounds * 20)
    expect(effects).toBe(source)
  })

  it('would be caught if it acknowledged before the flush', { timeout: 120_000 }, async () => {
    const { problems } = await killAgainAndAgain(4, true)
    expect(problems.filter((problem) => problem.endsWith('was acknowledged and is lost')).length).toBeGreaterThan(0)
  })
})
