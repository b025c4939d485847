import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { assertTailPresent } from '@portreeve/log'
import { describe, expect, it } from 'vitest'
import { openSqliteLog } from './open.ts'
import { OwnerProcess } from './owner-process.ts'
import { FILE } from './store.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { everything, record, topic, values } from './trial.ts'

const lost = { code: 'PRV_LOG_TAIL_LOST' }

describe('a log that has lost its tail', () => {
  it('because an older copy was put back is told from what a projection has seen, and reading on is refused', async () => {
    await using folder = await temporaryFolder()
    const [current, copy] = [join(folder.path, 'current'), join(folder.path, 'copy')]
    const first = await openSqliteLog({ folder: current })
    await first.createTopic({ name: topic })
    await first.append([record('v0')])
    await first.close()
    await cp(current, copy, { recursive: true })
    const second = await openSqliteLog({ folder: current })
    await second.append([record('v1')])
    const { next } = await second.read({ topic, partition: 0, from: 0 })
    const seen = [{ topic, partition: 0, offset: next }]
    assertTailPresent(topic, await second.ranges(topic), seen)
    await second.close()
    await using older = await openSqliteLog({ folder: copy })
    const ranges = await older.ranges(topic)
    expect(() => assertTailPresent(topic, ranges, seen)).toThrow(expect.objectContaining(lost))
    await expect(older.read({ topic, partition: 0, from: next })).rejects.toMatchObject({
      code: 'PRV_LOG_OFFSET_BEYOND_END',
    })
  })

  it('because its journal was removed after a kill is told too', async () => {
    await using folder = await temporaryFolder()
    const [killed, whole] = [join(folder.path, 'killed'), join(folder.path, 'whole')]
    const setup = await openSqliteLog({ folder: killed })
    await setup.createTopic({ name: topic })
    await setup.append([record('v0')])
    await setup.close()
    const owner = await OwnerProcess.start(killed, 20)
    await owner.kill()
    await cp(killed, whole, { recursive: true })
    await using log = await openSqliteLog({ folder: whole })
    expect(values(await everything(log)).length).toBe(21)
    await rm(join(killed, `${FILE}-wal`))
    await using robbed = await openSqliteLog({ folder: killed })
    const ranges = await robbed.ranges(topic)
    const seen = [{ topic, partition: 0, offset: 21 }]
    expect(() => assertTailPresent(topic, ranges, seen)).toThrow(expect.objectContaining(lost))
  })
})
