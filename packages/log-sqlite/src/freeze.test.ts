import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSqliteLog } from './open.ts'
import { FILE } from './store.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { everything, record, topic, values } from './trial.ts'

/** By another process: this one would give its lock away. */
function copy(from: string, to: string): void {
  mkdirSync(to)
  execFileSync('cp', [join(from, FILE), join(to, FILE)])
}

describe.skipIf(process.platform === 'win32')('a log whose files are held still [needs cp]', () => {
  it('goes on, and a copy has what was acknowledged before, nothing after', async () => {
    await using folder = await temporaryFolder()
    const [current, copied] = [join(folder.path, 'current'), join(folder.path, 'copy')]
    await using log = await openSqliteLog({ folder: current })
    await log.createTopic({ name: topic })
    await log.append([record('v0'), record('v1')])
    log.freeze()
    for (let number = 2; number < 40; number += 1) await log.append([record(`v${number}`)])
    copy(current, copied)
    await log.thaw()
    await log.append([record('v40')])
    expect(values(await everything(log))).toHaveLength(41)
    await using other = await openSqliteLog({ folder: copied })
    expect(values(await everything(other))).toEqual(['v0', 'v1'])
  })

  it('has in the copy all of an append that was on its way, or nothing', async () => {
    await using folder = await temporaryFolder()
    const [current, copied] = [join(folder.path, 'current'), join(folder.path, 'copy')]
    await using log = await openSqliteLog({ folder: current })
    await log.createTopic({ name: topic })
    const onTheWay = Array.from({ length: 20 }, (_, number) => log.append([record(`a${number}`), record(`b${number}`)]))
    log.freeze()
    copy(current, copied)
    await Promise.all(onTheWay)
    await log.thaw()
    await using other = await openSqliteLog({ folder: copied })
    const found = values(await everything(other))
    expect(found.filter((value) => value.startsWith('a')).map((value) => value.slice(1))).toEqual(
      found.filter((value) => value.startsWith('b')).map((value) => value.slice(1)),
    )
    expect(values(await everything(log))).toHaveLength(40)
  })

  it('cannot be held still once it is closed, and is told so at once', async () => {
    await using folder = await temporaryFolder()
    const log = await openSqliteLog({ folder: folder.path })
    await log.close()
    expect(() => log.freeze()).toThrow(expect.objectContaining({ code: 'PRV_LOG_CLOSED' }))
  })
})
