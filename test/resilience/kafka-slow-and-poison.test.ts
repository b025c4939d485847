import { randomUUID } from 'node:crypto'
import type { Batch, Log, WriteSet } from '@portreeve/log'
import { openKafkaLog } from '@portreeve/log-kafka'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnyBroker, anyBroker } from '../support/kafka.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { scale } from './support/scale.ts'

const partitions = 3
/** More than a consumer holds of a partition before it pauses it. */
const behindSlow = scale(25_000, 200_000)
const inOthers = scale(2000, 20_000)
const poisoned = 'poison'
const triesOfPoison = 3

describe.skipIf(withoutKafka() !== '')(`a topic of which one partition gives trouble${withoutKafka()}`, () => {
  let kafka: AnyBroker | undefined
  beforeAll(async () => {
    kafka = await anyBroker()
  })
  afterAll(() => kafka?.close())

  const openLog = async () => {
    const log = await openKafkaLog({ brokers: kafka?.brokers ?? '', prefix: `${randomUUID().slice(0, 8)}.` })
    for (const name of ['in', 'out', 'aside']) await log.createTopic({ name, partitions })
    return log
  }

  it('holds up no other partition while its handler takes long, with more behind it than is held in memory, and loses nothing', {
    timeout: scale(120_000, 600_000),
  }, async () => {
    await using log = await openLog()
    for (const partition of [1, 2]) await fill(log, partition, inOthers)
    await fill(log, 0, behindSlow)
    const slow = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const copied = [0, 0, 0]
    const consumer = log.consume({ group: 'copiers', topics: ['in'] }, async (batch) => {
      begun.resolve()
      if (batch.partition === 0) await slow.promise
      copied[batch.partition] = (copied[batch.partition] ?? 0) + batch.records.length
      return copyOf(batch, batch.records.length)
    })
    await begun.promise
    while ((copied[1] ?? 0) < inOthers || (copied[2] ?? 0) < inOthers) await pause(consumer.done)
    expect(copied[0], 'nothing of the slow one yet').toBe(0)
    slow.resolve()
    while ((await log.lag('copiers', 'in')) > 0) await pause(consumer.done)
    await consumer.stop()
    const all = [behindSlow, inOthers, inOthers]
    for (const [partition, count] of all.entries()) {
      expect(await namesIn(log, 'out', partition), `partition ${partition}`).toEqual(namesTo(partition, count))
    }
  })

  it('hands a record that cannot be handled to whoever takes over, lets nothing behind it overtake, and goes on when it is moved aside', {
    timeout: 120_000,
  }, async () => {
    await using log = await openLog()
    const name = (number: number) => (number === 50 ? poisoned : `0-${number}`)
    await write(
      log,
      0,
      Array.from({ length: 100 }, (_, number) => name(number)),
    )
    await fill(log, 1, inOthers)
    let tries = 0
    const failed: unknown[] = []
    const handle = async (batch: Batch) => {
      const at = batch.records.findIndex((record) => textOf(record) === poisoned)
      // What comes before it is finished first, so that only the poison itself is tried again.
      if (at !== 0) return copyOf(batch, at === -1 ? batch.records.length : at)
      tries += 1
      if (tries <= triesOfPoison) throw new TypeError(`try ${tries}`)
      return copyOf({ ...batch, records: batch.records.slice(0, 1) }, 1, 'aside')
    }
    const stopping = new AbortController()
    const keepConsuming = async () => {
      while (!stopping.signal.aborted) {
        const consumer = log.consume({ group: 'copiers', topics: ['in'], maxRecords: 30 }, handle)
        stopping.signal.addEventListener('abort', () => void consumer.stop(), { once: true })
        await consumer.done.catch((error) => failed.push(error))
      }
    }
    // Two members: the partition goes from one to the other when one falls over.
    const consuming = Promise.all([keepConsuming(), keepConsuming()])
    while ((await log.lag('copiers', 'in')) > 0) await pause(consuming)
    stopping.abort()
    await consuming
    expect(failed.map(String)).toEqual(['TypeError: try 1', 'TypeError: try 2', 'TypeError: try 3'])
    expect(await namesIn(log, 'aside', 0)).toEqual([poisoned])
    const left = Array.from({ length: 100 }, (_, number) => name(number)).filter((one) => one !== poisoned)
    expect(await namesIn(log, 'out', 0)).toEqual(left)
    expect(await namesIn(log, 'out', 1)).toEqual(namesTo(1, inOthers))
  })
})

function copyOf({ records, partition }: Batch, finished: number, topic = 'out'): WriteSet {
  const append = records
    .slice(0, finished)
    .map(({ key, value, headers }) => ({ topic, partition, key, value, headers }))
  return { append, finished }
}

function namesTo(partition: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, number) => `${partition}-${number}`)
}

async function fill(log: Log, partition: number, count: number): Promise<void> {
  await write(log, partition, namesTo(partition, count))
}

async function write(log: Log, partition: number, names: readonly string[]): Promise<void> {
  await log.append(names.map((name) => ({ topic: 'in', partition, key: null, value: Buffer.from(name), headers: [] })))
}

async function namesIn(log: Log, topic: string, partition: number): Promise<readonly string[]> {
  const names: string[] = []
  const range = (await log.ranges(topic)).find((one) => one.partition === partition)
  for (let from = 0; from < (range?.end ?? 0); ) {
    const { records, next } = await log.read({ topic, partition, from, maxRecords: 5000 })
    names.push(...records.map(textOf))
    from = next
  }
  return names
}

function textOf({ value }: { readonly value: Uint8Array | null }): string {
  return Buffer.from(value ?? []).toString()
}

/** A moment; rejects when the work has failed meanwhile. */
async function pause(work: Promise<unknown>): Promise<void> {
  await Promise.race([new Promise((resolve) => setTimeout(resolve, 50)), work])
}
