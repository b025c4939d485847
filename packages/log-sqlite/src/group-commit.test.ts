import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSqliteLog } from './open.ts'
import { FILE } from './store.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { record, topic } from './trial.ts'

/**
 * Commits in the journal. Source: https://www.sqlite.org/fileformat2.html#the_write_ahead_log (a header of 32 bytes, then
 * frames of 24 bytes and a page; the second word of a commit's last frame is not 0).
 */
async function commits(folder: string): Promise<number> {
  const journal = await readFile(join(folder, `${FILE}-wal`))
  const pageBytes = journal.readUInt32BE(8)
  let count = 0
  for (let at = 32; at + 24 + pageBytes <= journal.length; at += 24 + pageBytes) {
    if (journal.readUInt32BE(at + 4) !== 0) count++
  }
  return count
}

describe('the group commit', () => {
  it('lets appends and write sets that come together share a flush', async () => {
    await using folder = await temporaryFolder()
    const log = await openSqliteLog({ folder: folder.path })
    await log.createTopic({ name: topic, partitions: 4 })
    await Promise.all(Array.from({ length: 64 }, (_, n) => log.append([{ ...record('before'), partition: n % 4 }])))
    // Each handler waits until all four partitions have a batch, so their write sets are ready at once.
    let waiting = 0
    let written = 0
    const together = Promise.withResolvers<void>()
    const done = Promise.withResolvers<void>()
    // What comes behind is not to be counted.
    const counted = Promise.withResolvers<void>()
    const before = Promise.withResolvers<number>()
    const consumer = log.consume({ group: 'g', topics: [topic] }, async ({ records, partition }) => {
      written++
      if (written > 4) {
        done.resolve()
        await counted.promise
        return { append: [], finished: records.length }
      }
      if (++waiting === 4) {
        before.resolve(await commits(folder.path))
        together.resolve()
      }
      await together.promise
      return { append: [{ ...record('after'), partition }], finished: records.length }
    })
    await done.promise
    const writeSets = (await commits(folder.path)) - (await before.promise)
    counted.resolve()
    await consumer.stop()
    await log.close()
    expect(writeSets).toBeLessThanOrEqual(2)
    expect(await before.promise).toBeLessThanOrEqual(6)
  })
})
