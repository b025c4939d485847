import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { Batch, Consumer, Log, StoredRecord, WriteSet } from '@portreeve/log'
import type { SeededRandom } from '../../support/seeded-random.ts'
import { COPY, COPY_GROUP, EFFECT_GROUP, SOURCE, textOf } from './workload-record.ts'

type Tell = (...words: readonly (string | number)[]) => void

/** Copies to another topic by write sets, now and then only the first records of a batch. */
export function consumeCopies(log: Log, random: SeededRandom, report: Tell): Consumer {
  return log.consume({ group: COPY_GROUP, topics: [SOURCE], maxRecords: 40 }, async (batch) => {
    tellHandedOut(COPY_GROUP, batch, report)
    const finished = howMany(batch, random)
    const append = batch.records
      .slice(0, finished)
      .map(({ key, value, headers }) => ({ topic: COPY, key, value, headers }))
    return writeSet(append, finished, batch)
  })
}

/** Has each record take effect in the stand-in, under the record's name. */
export function consumeEffects(log: Log, socket: string, random: SeededRandom, report: Tell): Consumer {
  const visit = visitor(socket)
  return log.consume({ group: EFFECT_GROUP, topics: [SOURCE], maxRecords: 40 }, async (batch) => {
    tellHandedOut(EFFECT_GROUP, batch, report)
    const finished = howMany(batch, random)
    await visit(batch.records.slice(0, finished))
    return writeSet([], finished, batch)
  })
}

function tellHandedOut(group: string, { partition, records, metadata }: Batch, report: Tell): void {
  const first = records[0]?.offset ?? -1
  report('handed-out', group, partition, first, records.at(-1)?.offset ?? -1)
  if (metadata !== null && metadata !== `begin at ${first}`) report('violation: metadata', metadata, 'came with', first)
}

function howMany({ records }: Batch, random: SeededRandom): number {
  return random.chance(0.2) ? random.integer(0, records.length - 1) : records.length
}

function writeSet(append: WriteSet['append'], finished: number, { records }: Batch): WriteSet {
  const left = records[finished]
  return left === undefined ? { append, finished } : { append, finished, metadata: `begin at ${left.offset}` }
}

/** Sends names over one connection and waits until each is answered. */
function visitor(socket: string): (records: readonly StoredRecord[]) => Promise<void> {
  const connection = connect(socket)
  const waiting: (() => void)[] = []
  createInterface({ input: connection }).on('line', () => waiting.shift()?.())
  connection.unref()
  return async (records) => {
    const answers = records.map(() => new Promise<void>((resolve) => waiting.push(resolve)))
    connection.write(records.map((record) => `${textOf(record, 'name')}\n`).join(''))
    await Promise.all(answers)
  }
}
