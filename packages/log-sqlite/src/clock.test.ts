import { describe, expect, it } from 'vitest'
import { openSqliteLog } from './open.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { everything, record, topic } from './trial.ts'

const noon = Date.UTC(2026, 10, 23, 12)

describe('a clock that goes back', () => {
  it('never lets the times of a partition fall, over restarts neither', async () => {
    await using folder = await temporaryFolder()
    let now = noon
    const options = { folder: folder.path, clock: () => now }
    const first = await openSqliteLog(options)
    await first.createTopic({ name: topic })
    for (const minutes of [0, 5, -60, 6]) {
      now = noon + minutes * 60_000
      await first.append([record(`at ${minutes}`)])
    }
    await first.close()
    now = noon - 86_400_000
    await using second = await openSqliteLog(options)
    await second.append([record('a day back')])
    const minutes = (await everything(second)).map(({ timestamp }) => (timestamp - noon) / 60_000)
    expect(minutes).toEqual([0, 5, 5, 6, 6])
  })

  it('removes nothing before its time, and everything in time once the clock is right again', async () => {
    await using folder = await temporaryFolder()
    let now = noon
    await using log = await openSqliteLog({ folder: folder.path, clock: () => now })
    await log.createTopic({ name: topic, retentionMs: 60_000 })
    await log.append([record('at noon')])
    now = noon - 3_600_000
    await log.append([record('an hour back')])
    expect(await log.enforceRetention({ groups: [], positions: [] })).toBe(0)
    now = noon + 60_001
    expect(await log.enforceRetention({ groups: [], positions: [] })).toBe(2)
  })
})
