import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Log, LogRecord } from '@portreeve/log'
import { openSqliteLog } from '@portreeve/log-sqlite'
import type { Row } from './row.ts'

const producers = 64
const recordsEach = 200
const rounds = 9
const value = Buffer.alloc(1024, 'x')
const topic = 'bench.record.appended'
const records = producers * recordsEach

/**
 * Durable appends of 64 producers that wait for each, beside SQLite alone with the same batches, in turns: the median of
 * the rounds' ratios does not mind what else the machine does. Then everything is consumed, by a handler that does nothing.
 */
export async function benchLog(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-log-'))
  try {
    await using log = await openSqliteLog({ folder: join(folder, 'log') })
    await log.createTopic({ name: topic })
    using raw = rawSqlite(join(folder, 'raw.db'), 4096)
    using rawLarger = rawSqlite(join(folder, 'raw-larger.db'), 8192)
    const appended: number[] = []
    const inserted: number[] = []
    const insertedLarger: number[] = []
    for (let round = 0; round < rounds; round++) {
      inserted.push(records / timed(() => raw.insert()))
      insertedLarger.push(records / timed(() => rawLarger.insert()))
      appended.push(records / (await timedAsync(() => append(log))))
    }
    const consumed: number[] = []
    for (let round = 0; round < 3; round++) consumed.push(await consume(log, `round-${round}`, rounds * records))
    const ratioTo = (others: readonly number[]) =>
      Math.round(median(appended.map((rate, round) => (100 * rate) / (others[round] ?? 0))))
    const note = `${producers} producers, 1 KB, ${rounds} rounds of ${records}`
    return [
      { name: 'log: durable appends', value: Math.round(median(appended)), unit: 'records/s', note },
      { name: 'log: SQLite alone, same batches', value: Math.round(median(inserted)), unit: 'records/s' },
      { name: 'log: appends of SQLite alone', value: ratioTo(inserted), unit: '%', atLeast: 60 },
      {
        name: 'log: appends of SQLite alone, 8 KB pages',
        value: ratioTo(insertedLarger),
        unit: '%',
        note: 'with the page size of the log instead of the usual 4 KB',
      },
      { name: 'log: consumed', value: Math.round(median(consumed)), unit: 'records/s', atLeast: 50_000 },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function append(log: Log): Promise<void> {
  const produce = async (producer: number) => {
    const record: LogRecord = { topic, key: Buffer.from(`key-${producer}`), value, headers: [] }
    for (let n = 0; n < recordsEach; n++) await log.append([record])
  }
  await Promise.all(Array.from({ length: producers }, (_, producer) => produce(producer)))
}

async function consume(log: Log, group: string, expected: number): Promise<number> {
  const begun = performance.now()
  let seen = 0
  const all = Promise.withResolvers<void>()
  await using consumer = log.consume({ group, topics: [topic] }, async (batch) => {
    seen += batch.records.length
    if (seen === expected) all.resolve()
    return { append: [], finished: batch.records.length }
  })
  await Promise.race([all.promise, consumer.done])
  return seen / ((performance.now() - begun) / 1000)
}

function rawSqlite(path: string, pageBytes: number): Disposable & { insert(): void } {
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA page_size = ${pageBytes}; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
    CREATE TABLE record (place INTEGER PRIMARY KEY, frame BLOB NOT NULL) STRICT`)
  const insert = database.prepare('INSERT INTO record VALUES (?, ?)')
  let place = 0
  return {
    insert: () => {
      for (let batch = 0; batch < recordsEach; batch++) {
        database.exec('BEGIN IMMEDIATE')
        for (let n = 0; n < producers; n++) insert.run(place++, value)
        database.exec('COMMIT')
      }
    },
    [Symbol.dispose]: () => database.close(),
  }
}

function timed(work: () => void): number {
  const begun = performance.now()
  work()
  return (performance.now() - begun) / 1000
}

async function timedAsync(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
