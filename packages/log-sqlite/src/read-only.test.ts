import { execFile } from 'node:child_process'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { openSqliteLog } from './open.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { record, topic } from './trial.ts'

/** What somebody is told who may only read: as another user where this one is root and may do everything. */
async function openedByReader(folder: string): Promise<string> {
  const source = `
    import { openSqliteLog } from ${JSON.stringify(new URL('./open.ts', import.meta.url).href)}
    try { await (await openSqliteLog({ folder: ${JSON.stringify(folder)} })).close(); console.log('opened') }
    catch (error) { console.log(error.code) }`
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', source]
  const reader = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  const { stdout } = await promisify(execFile)(process.execPath, flags, { ...reader, env: {} })
  return stdout.trim()
}

describe('a folder that cannot be written', () => {
  it('is told as such when it is empty', async () => {
    await using folder = await temporaryFolder()
    await chmod(folder.path, 0o755)
    const readOnly = join(folder.path, 'empty')
    await mkdir(readOnly, { mode: 0o555 })
    expect(await openedByReader(readOnly)).toBe('PRV_LOG_READ_ONLY')
    expect(await openedByReader(join(readOnly, 'below'))).toBe('PRV_LOG_READ_ONLY')
  })

  it('is told as such when it has a log, which the one who may write still opens', async () => {
    await using folder = await temporaryFolder()
    await using log = await openSqliteLog({ folder: folder.path })
    await log.createTopic({ name: topic })
    await log.append([record('kept')])
    await log.close()
    await chmod(join(folder.path, 'log.db'), 0o444)
    await chmod(folder.path, 0o555)
    expect(await openedByReader(folder.path)).toBe('PRV_LOG_READ_ONLY')
    await chmod(folder.path, 0o755)
    await chmod(join(folder.path, 'log.db'), 0o644)
    await using again = await openSqliteLog({ folder: folder.path })
    expect(await again.ranges(topic)).toMatchObject([{ end: 1 }])
  })

  it('is told as unreachable when the path leads through a file', async () => {
    await using folder = await temporaryFolder()
    await (await openSqliteLog({ folder: folder.path })).close()
    await expect(openSqliteLog({ folder: join(folder.path, 'log.db', 'below') })).rejects.toMatchObject({
      code: 'PRV_LOG_FOLDER_UNREACHABLE',
    })
  })
})
