import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import type { StoredRecord } from '@portreeve/log'
import { describe, expect, it } from 'vitest'
import { openSqliteLog } from './open.ts'
import { migrations } from './schema.ts'
import { FILE } from './store.ts'
import { temporaryFolder } from './temporary-folder.ts'

const golden = fileURLToPath(new URL('../golden/', import.meta.url))
const folders = (await readdir(golden, { withFileTypes: true })).filter((entry) => entry.isDirectory())
const proposed = 'valuation.report.proposed'
const recorded = 'portreeve.delivery.recorded'
const nine = Date.UTC(2026, 0, 5, 9)

const text = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString()
const readable = ({ offset, timestamp, key, value, headers }: StoredRecord) => {
  const pairs = headers.map(([name, bytes]) => `${name}=${text(bytes)}`)
  return [offset, timestamp - nine, text(key), text(value), ...pairs]
}

describe('a folder of an earlier release', () => {
  it.each(folders.map(({ name }) => name))('%s opens with all that was in it, and takes more', async (name) => {
    await using folder = await temporaryFolder()
    await cp(join(golden, name), folder.path, { recursive: true })
    await using log = await openSqliteLog({ folder: folder.path })
    expect(await log.topics()).toEqual([
      { name: recorded, partitions: 1 },
      { name: proposed, partitions: 2, retentionMs: 31_536_000_000, retentionBytes: 1_000_000 },
    ])
    const read = async (topic: string, partition: number) =>
      (await log.read({ topic, partition, from: 0 })).records.map(readable)
    expect(await read(proposed, 0)).toEqual([
      [0, 0, 'key-1', 'first', 'ce_id=1', 'trace=a', 'trace=b'],
      [1, 60_000, 'key-1', 'second', 'empty='],
    ])
    expect(await read(proposed, 1)).toEqual([[0, 0, null, null]])
    expect(await read(recorded, 0)).toEqual([[0, 60_000, 'key-1', 'delivered']])
    expect(await log.positions('outgoing.voa')).toEqual([
      { topic: proposed, partition: 0, offset: 1, metadata: 'half way' },
      { topic: proposed, partition: 1, offset: 1, metadata: null },
    ])
    const [position] = await log.append([{ topic: proposed, key: null, value: null, headers: [], partition: 0 }])
    expect(position).toEqual({ topic: proposed, partition: 0, offset: 2 })
  })

  it('is there for every format that ever was', () => {
    const versions = migrations.map((_, index) => `v${index + 1}`)
    expect(folders.map(({ name }) => name)).toEqual(expect.arrayContaining(versions))
  })
})

describe('a folder of a later release', () => {
  it('is refused, and nothing in it changed', async () => {
    await using folder = await temporaryFolder()
    await cp(join(golden, 'v1'), folder.path, { recursive: true })
    setVersion(join(folder.path, FILE), migrations.length + 1)
    await expect(openSqliteLog({ folder: folder.path })).rejects.toMatchObject({
      code: 'PRV_LOG_FOLDER_NEWER',
      details: { found: migrations.length + 1, known: migrations.length },
    })
    setVersion(join(folder.path, FILE), migrations.length)
    await using log = await openSqliteLog({ folder: folder.path })
    expect((await log.topics()).length).toBe(2)
  })
})

function setVersion(file: string, version: number): void {
  using database = new DatabaseSync(file)
  database.exec(`PRAGMA user_version = ${version}`)
}
