import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { openSqliteLog } from './open.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { everything, record, topic, values } from './trial.ts'

/** strace must be there and be allowed to trace. */
const canTrace = spawnSync('strace', ['-o', '/dev/null', process.execPath, '--version']).status === 0

describe('a flush that fails', () => {
  it.runIf(canTrace)(
    'leaves one append unknown and lets nothing be written until the log is opened again [needs strace]',
    async () => {
      await using folder = await temporaryFolder()
      const setup = await openSqliteLog({ folder: folder.path })
      await setup.createTopic({ name: topic })
      await setup.close()
      const script = new URL('./failed-flush-process.ts', import.meta.url).pathname
      const failing = ['-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:error=EIO:when=6']
      const flags = ['-f', '-qq', '-o', '/dev/null', ...failing]
      const { stdout } = await promisify(execFile)('strace', [...flags, process.execPath, script, folder.path])
      const { answers, seek, readBack } = JSON.parse(stdout)
      const kept = answers.indexOf('PRV_LOG_APPEND_UNKNOWN')
      expect(kept).toBeGreaterThan(0)
      const refused = Array.from({ length: 9 - kept }, () => 'PRV_LOG_FAILED')
      expect(answers).toEqual([...Array.from({ length: kept }, () => 'on disk'), 'PRV_LOG_APPEND_UNKNOWN', ...refused])
      expect(seek).toBe('PRV_LOG_FAILED')
      expect(readBack).toBe(kept)
      await using log = await openSqliteLog({ folder: folder.path })
      const found = values(await everything(log))
      expect(found.slice(0, kept)).toEqual(Array.from({ length: kept }, (_, n) => `v${n}`))
      expect(found.length - kept).toBeLessThanOrEqual(1)
      await log.append([record('goes on')])
    },
  )
})
