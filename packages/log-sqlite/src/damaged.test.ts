import { cp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqliteLog } from './open.ts'
import { FILE } from './store.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { everything, record, topic } from './trial.ts'

const damaged = { code: 'PRV_LOG_FILE_DAMAGED' }

const sound = await temporaryFolder()
afterAll(() => sound[Symbol.asyncDispose]())
beforeAll(async () => {
  await using log = await openSqliteLog({ folder: sound.path })
  await log.createTopic({ name: topic, partitions: 2 })
  const records = Array.from({ length: 200 }, (_, n) => ({ ...record('x'.repeat(900)), partition: n % 2 }))
  await log.append(records)
  const finished = Promise.withResolvers<void>()
  const consumer = log.consume({ group: 'g', topics: [topic] }, async ({ records }) => {
    finished.resolve()
    return { append: [], finished: records.length }
  })
  await finished.promise
  await consumer.stop()
})

/** A copy of the sound log; returns its file. */
async function filledLog(folder: string): Promise<string> {
  await cp(sound.path, folder, { recursive: true })
  return join(folder, FILE)
}

const ways: readonly [string, (file: string) => Promise<unknown>][] = [
  ['cut off', (file) => truncate(file, 60_000)],
  ['cut off in the middle of a page', (file) => truncate(file, 60_001)],
  ['emptied', (file) => truncate(file, 0)],
  ['removed', (file) => rm(file)],
  ['replaced by a letter', (file) => writeFile(file, 'Dear Sir or Madam, '.repeat(1000))],
  ['written over at its start', (file) => overwrite(file, 0, 4096)],
  ['written over where the tables are described', (file) => overwrite(file, 100, 300)],
  ['robbed of its last records', (file) => sql(file, 'DELETE FROM record WHERE place = 99')],
  ['robbed of its first records', (file) => sql(file, 'DELETE FROM record WHERE place < 5')],
  ['robbed of a partition', (file) => sql(file, 'DELETE FROM partition WHERE slot = 1')],
  ['robbed of a topic', (file) => sql(file, 'DELETE FROM topic')],
  ['robbed of a position', (file) => sql(file, 'DELETE FROM position WHERE slot = 0')],
  ['given another end', (file) => sql(file, 'UPDATE partition SET end_offset = 90 WHERE slot = 0')],
  ['given another topic name', (file) => sql(file, `UPDATE topic SET name = 'trial.record.other'`)],
]

describe('a file', () => {
  it.each(ways)('that was %s is not opened', async (_, damage) => {
    await using folder = await temporaryFolder()
    await damage(await filledLog(folder.path))
    await expect(openSqliteLog({ folder: folder.path })).rejects.toMatchObject(damaged)
  })

  it('with a position that was changed does not hand out from there', async () => {
    await using folder = await temporaryFolder()
    await sql(await filledLog(folder.path), 'UPDATE position SET next_offset = next_offset - 1')
    await using log = await openSqliteLog({ folder: folder.path })
    await expect(log.positions('g')).rejects.toMatchObject(damaged)
    await expect(log.lag('g', topic)).rejects.toMatchObject(damaged)
    const consumer = log.consume({ group: 'g', topics: [topic] }, async () => ({ append: [], finished: 0 }))
    await expect(consumer.done).rejects.toMatchObject(damaged)
  })

  it('with a page in the middle overwritten tells so when that page is read, and serves nothing from it', async () => {
    await using folder = await temporaryFolder()
    const file = await filledLog(folder.path)
    const { length } = await readFile(file)
    await overwrite(file, Math.floor(length / 16384) * 8192, 8192)
    const read = async () => {
      await using log = await openSqliteLog({ folder: folder.path })
      return [...(await everything(log, 0)), ...(await everything(log, 1))]
    }
    await expect(read()).rejects.toMatchObject({ code: expect.stringMatching(/FILE_DAMAGED|RECORD_CORRUPT/) })
  })

  it('of another kind is refused', async () => {
    await using folder = await temporaryFolder()
    await sql(join(folder.path, FILE), 'CREATE TABLE gazette (a)')
    await expect(openSqliteLog({ folder: folder.path })).rejects.toMatchObject({ code: 'PRV_LOG_FOLDER_FOREIGN' })
  })
})

async function overwrite(file: string, at: number, length: number): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.write(Buffer.alloc(length, 0xa5), 0, length, at)
  await handle.close()
}

async function sql(file: string, statement: string): Promise<void> {
  using database = new DatabaseSync(file)
  database.exec(statement)
}
