import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqliteLog } from './open.ts'
import { FILE } from './store.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { everything, record, topic, values } from './trial.ts'

/** The records v0000 to v0099. */
const sound = await temporaryFolder()
afterAll(() => sound[Symbol.asyncDispose]())
beforeAll(async () => {
  await using log = await openSqliteLog({ folder: sound.path })
  await log.createTopic({ name: topic })
  await log.append(Array.from({ length: 100 }, (_, n) => record(`v${String(n).padStart(4, '0')}:${'x'.repeat(300)}`)))
})

async function damagedLog(folder: string, damage: (file: string) => unknown): Promise<void> {
  await cp(sound.path, folder, { recursive: true })
  await damage(join(folder, FILE))
}

function sql(statement: string): (file: string) => void {
  return (file) => {
    using database = new DatabaseSync(file)
    database.exec(statement)
  }
}

/** Changes one letter inside the value of this record. */
function flip(name: string): (file: string) => Promise<void> {
  return async (file) => {
    const bytes = await readFile(file)
    const at = bytes.indexOf(`${name}:`)
    bytes.writeUInt8(bytes.readUInt8(at + 20) ^ 1, at + 20)
    await writeFile(file, bytes)
  }
}

const corrupt = (offset: number) => ({
  code: 'PRV_LOG_RECORD_CORRUPT',
  details: { topic, partition: 0, offset, next: offset + 1 },
})

const ways: readonly [string, (file: string) => unknown][] = [
  ['has one bit changed', flip('v0040')],
  [
    'has the bytes of its neighbour',
    sql(
      'UPDATE record SET frame = (SELECT frame FROM record WHERE place = 41), sum = (SELECT sum FROM record WHERE place = 41) WHERE place = 40',
    ),
  ],
  ['is missing', sql('DELETE FROM record WHERE place = 40')],
  [
    'has another time',
    sql("UPDATE record SET frame = CAST(x'0000000000000000' || substr(frame, 9) AS BLOB) WHERE place = 40"),
  ],
]

describe('a record', () => {
  it.each(ways)(
    'that %s is told with its place; those before it are served, it and those behind it are not',
    async (_, damage) => {
      await using folder = await temporaryFolder()
      await damagedLog(folder.path, damage)
      await using log = await openSqliteLog({ folder: folder.path })
      const { records, next } = await log.read({ topic, partition: 0, from: 0 })
      expect(values(records).map((value) => value.slice(0, 5))).toEqual(
        Array.from({ length: 40 }, (_, n) => `v${String(n).padStart(4, '0')}`),
      )
      expect(next).toBe(40)
      await expect(log.read({ topic, partition: 0, from: 40 })).rejects.toMatchObject(corrupt(40))
    },
  )

  it('that is corrupt ends a consumer behind the last sound record, until a person seeks past it', async () => {
    await using folder = await temporaryFolder()
    await damagedLog(folder.path, flip('v0040'))
    await using log = await openSqliteLog({ folder: folder.path })
    const handed: number[] = []
    const options = { group: 'g', topics: [topic], maxRecords: 7 }
    const consumer = log.consume(options, async ({ records }) => {
      handed.push(...records.map(({ offset }) => offset))
      return { append: [], finished: records.length }
    })
    await expect(consumer.done).rejects.toMatchObject(corrupt(40))
    expect(handed).toEqual(Array.from({ length: 40 }, (_, n) => n))
    expect(await log.positions('g')).toMatchObject([{ offset: 40 }])
    await log.seek('g', { topic, partition: 0, offset: 41 })
    const rest = Promise.withResolvers<void>()
    await using _ = log.consume(options, async ({ records }) => {
      handed.push(...records.map(({ offset }) => offset))
      if (handed.at(-1) === 99) rest.resolve()
      return { append: [], finished: records.length }
    })
    await rest.promise
    expect(handed).toEqual(Array.from({ length: 100 }, (_, n) => n).filter((n) => n !== 40))
  })

  it('that is corrupt keeps nobody from appending', async () => {
    await using folder = await temporaryFolder()
    await damagedLog(folder.path, flip('v0040'))
    await using log = await openSqliteLog({ folder: folder.path })
    const [position] = await log.append([record('new')])
    expect(values((await log.read({ topic, partition: 0, from: position?.offset ?? 0 })).records)).toEqual(['new'])
    await expect(everything(log)).rejects.toMatchObject(corrupt(40))
  })
})
