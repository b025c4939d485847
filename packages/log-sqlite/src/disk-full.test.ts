import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Log } from '@portreeve/log'
import { describe, expect, it } from 'vitest'
import { openSqliteLog } from './open.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { everything, record, topic, values } from './trial.ts'

const kilobytes = (name: string) => name.padEnd(2000, '.')
const full = { code: 'PRV_LOG_DISK_FULL', status: 503 }

/** Appends pairs until the disk takes no more; returns the first value of each pair that was taken. */
async function fill(log: Log): Promise<string[]> {
  const taken: string[] = []
  for (let n = 0; n < 10_000; n++) {
    const pair = [kilobytes(`${n}a`), kilobytes(`${n}b`)]
    try {
      await log.append(pair.map((value) => record(value)))
      taken.push(...pair)
    } catch (error) {
      expect(error).toMatchObject(full)
      return taken
    }
  }
  throw new Error('the disk is not full')
}

describe('a full disk', () => {
  it('refuses an append whole, goes on reading, and takes records again once retention has made space', async () => {
    await using folder = await temporaryFolder()
    await using log = await openSqliteLog({ folder: folder.path, maxPageCount: 100 })
    await log.createTopic({ name: topic })
    const taken = await fill(log)
    expect(taken.length).toBeGreaterThan(50)
    expect(values(await everything(log))).toEqual(taken)
    await expect(log.append([record(kilobytes('still full'))])).rejects.toMatchObject(full)
    await log.createTopic({ name: topic, retentionBytes: 20_000 })
    await log.enforceRetention({ groups: [], positions: [] })
    await log.append([record('space again')])
    expect(values(await everything(log)).at(-1)).toBe('space again')
    expect(values(await everything(log)).at(-2)).toBe(taken.at(-1))
  })

  it('takes records again when it is opened with more space', async () => {
    await using folder = await temporaryFolder()
    const small = await openSqliteLog({ folder: folder.path, maxPageCount: 60 })
    await small.createTopic({ name: topic })
    const taken = await fill(small)
    await small.close()
    await using large = await openSqliteLog({ folder: folder.path })
    await large.append([record('space again')])
    expect(values(await everything(large))).toEqual([...taken, 'space again'])
  })

  it('ends a consumer whose write set does not fit, and hands its records out again later', async () => {
    await using folder = await temporaryFolder()
    const small = await openSqliteLog({ folder: folder.path, maxPageCount: 60 })
    await small.createTopic({ name: topic })
    await small.append([record('cause')])
    const taken = await fill(small)
    const consumer = small.consume({ group: 'g', topics: [topic], maxRecords: 1 }, async () => {
      return { append: [record(kilobytes('no'), 'x'), record(kilobytes('room'), 'x')], finished: 1 }
    })
    await expect(consumer.done).rejects.toMatchObject(full)
    expect(values(await everything(small))).toEqual(['cause', ...taken])
    expect(await small.positions('g')).toMatchObject([{ offset: 0 }])
    await small.close()
    await using large = await openSqliteLog({ folder: folder.path })
    const again = Promise.withResolvers<string[]>()
    await using _ = large.consume({ group: 'g', topics: [topic], maxRecords: 1 }, async ({ records }) => {
      again.resolve(values(records))
      return { append: [record(kilobytes('room again'))], finished: 1 }
    })
    expect(await again.promise).toEqual(['cause'])
  })

  const limited = process.platform === 'linux' && existsSync('/usr/bin/prlimit')
  it.runIf(limited)('that a limit on file sizes makes is answered the same way [needs Linux]', async () => {
    await using folder = await temporaryFolder()
    const script = new URL('./disk-full-process.ts', import.meta.url).pathname
    const command = `ulimit -S -f 2048; exec "${process.execPath}" --disable-warning=ExperimentalWarning "${script}" "${folder.path}"`
    const { stdout } = await promisify(execFile)('bash', ['-c', command])
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({ code: 'PRV_LOG_DISK_FULL', readBack: report.taken, again: 'PRV_LOG_DISK_FULL' })
    expect(report.taken).toBeGreaterThan(100)
    expect(report.afterwards).toBe(report.taken + 1)
    await using log = await openSqliteLog({ folder: folder.path })
    expect((await everything(log)).length).toBe(report.taken + 1)
  })
})
