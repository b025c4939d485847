import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSqliteLog } from './open.ts'
import { OwnerProcess } from './owner-process.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { everything, topic, values } from './trial.ts'

describe('a folder', () => {
  it('has one owner: a second process is told which, and has it as soon as the owner was killed', async () => {
    await using folder = await temporaryFolder()
    const owner = await OwnerProcess.start(folder.path, 3)
    await expect(openSqliteLog({ folder: folder.path })).rejects.toMatchObject({
      code: 'PRV_LOG_FOLDER_OWNED',
      details: { folder: folder.path, owner: `process ${owner.pid}` },
    })
    await owner.kill()
    await using log = await openSqliteLog({ folder: folder.path })
    expect(values(await everything(log))).toEqual(['o0', 'o1', 'o2'])
    expect(readFileSync(join(folder.path, 'owner'), 'utf8')).toBe(`process ${process.pid}\n`)
  })

  it('has one owner within a process too, and is free again after each close', async () => {
    await using folder = await temporaryFolder()
    for (let round = 0; round < 3; round++) {
      await using log = await openSqliteLog({ folder: folder.path })
      await log.createTopic({ name: topic })
      await expect(openSqliteLog({ folder: folder.path })).rejects.toMatchObject({ code: 'PRV_LOG_FOLDER_OWNED' })
      await log.topics()
    }
  })

  it('is made with all the folders above it', async () => {
    await using folder = await temporaryFolder()
    await using log = await openSqliteLog({ folder: join(folder.path, 'a', 'b', 'c') })
    await log.createTopic({ name: topic })
    expect(readFileSync(join(folder.path, 'a', 'b', 'c', 'owner'), 'utf8')).toContain('process')
  })
})
