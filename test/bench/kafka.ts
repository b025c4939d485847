import { randomUUID } from 'node:crypto'
import type { Log, LogRecord } from '@portreeve/log'
import { openKafkaLog } from '@portreeve/log-kafka'
import { startCluster } from '../../docker/kafka/cluster.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { consumeBare, copyBare, type Flow, produceBare } from './kafka-bare.ts'
import { consumeByTool, produceByTool } from './kafka-tools.ts'
import type { Row } from './row.ts'

const rounds = Number(process.env.ROUNDS ?? 7)
const partitions = 3
const value = Buffer.alloc(1024, 'x')
const produced = { records: 120_000, inAppend: 500, atOnce: 16 }
const copied = { records: 60_000, inBatch: 1500 }
/** As the log's own consumers. */
const asOurs = { 'fetch.wait.max.ms': 100, 'queued.max.messages.kbytes': 16_384, 'fetch.queue.backoff.ms': 10 }

/**
 * The log on Apache Kafka beside bare loops over its client and Kafka's own tools, on one broker, in turns: the median of the rounds'
 * ratios does not mind what else the machine does.
 */
export async function benchKafka(): Promise<Row[]> {
  if (withoutKafka() !== '') return []
  await using cluster = await startCluster({ quick: 'work', heapMegabytes: 512 })
  const { brokers } = cluster
  await using log = await openKafkaLog({ brokers })
  for (const name of ['in', 'ours', 'bare', 'bare-without', 'tool']) await log.createTopic({ name, partitions })
  for (const name of ['copied', 'copied-bare']) await log.createTopic({ name })
  const { records } = produced
  const measured: Rates[] = []
  await produce(log, { brokers, topic: 'in', records })
  const input: Flow = { brokers, topic: 'in', records }
  for (let round = 0; round < rounds; round += 1) {
    const to = (topic: string): Flow => ({ brokers, topic, records })
    const ours = await produce(log, to('ours'))
    const copy = await consume(log, { ...input, records: copied.records }, 'copied', copied.inBatch)
    measured.push({
      produced: ours.rate,
      inTransaction: ours.inTransaction,
      producedBare: await produceBare(to('bare'), value, ours.inTransaction, `bare-${round}`),
      producedWithout: await produceBare(to('bare-without'), value, 1000),
      producedByTool: await produceByTool(to('tool'), value.length),
      read: await read(log, input),
      consumed: (await consume(log, input, null, 5000)).rate,
      consumedBare: await consumeBare(input, partitions, asOurs),
      consumedAsIs: await consumeBare(input, partitions, {}),
      consumedByTool: await consumeByTool(input),
      copied: copy.rate,
      inCopy: copy.inTransaction,
      copiedBare: await copyBare(
        { ...input, records: copied.records, to: 'copied-bare', batch: copy.inTransaction },
        randomUUID(),
      ),
    })
    console.error(JSON.stringify(measured.at(-1), (_, one) => (typeof one === 'number' ? Math.round(one) : one)))
  }
  return rowsOf(measured)
}

interface Rates {
  readonly produced: number
  readonly inTransaction: number
  readonly producedBare: number
  readonly producedWithout: number
  readonly producedByTool: number
  readonly read: number
  readonly consumed: number
  readonly consumedBare: number
  readonly consumedAsIs: number
  readonly consumedByTool: number
  readonly copied: number
  readonly inCopy: number
  readonly copiedBare: number
}

function rowsOf(measured: readonly Rates[]): Row[] {
  const rate = (name: string, of: keyof Rates, note?: string): Row => {
    const all = Math.round(median(measured.map((rates) => rates[of])))
    return { name: `kafka: ${name}`, value: all, unit: 'records/s', ...(note && { note }) }
  }
  const ratio = (name: string, one: keyof Rates, other: keyof Rates, atLeast?: number): Row => {
    const all = Math.round(median(measured.map((rates) => (100 * rates[one]) / rates[other])))
    return { name: `kafka: ${name}`, value: all, unit: '%', ...(atLeast && { atLeast }) }
  }
  const inTransaction = Math.round(median(measured.map((rates) => rates.inTransaction)))
  const inCopy = Math.round(median(measured.map((rates) => rates.inCopy)))
  const note = `1 KB, ${partitions} partitions, ${produced.atOnce} at once, each ${produced.inAppend} in an append`
  return [
    rate('produced', 'produced', note),
    rate('bare loop, transactions', 'producedBare', `of ${inTransaction}, as many as the log's own have`),
    rate('bare loop, no transactions', 'producedWithout'),
    rate('kafka-producer-perf-test', 'producedByTool'),
    ratio('produced, of the bare loop', 'produced', 'producedBare', 85),
    ratio('produced, of the bare loop without transactions', 'produced', 'producedWithout'),
    ratio('produced, of the tool', 'produced', 'producedByTool', 100),
    rate('read', 'read', 'without a group'),
    rate('consumed', 'consumed', 'by a group, its position in a transaction for each batch of at most 5,000'),
    rate('bare loop, consuming', 'consumedBare', 'without a position'),
    rate('bare loop, consuming, defaults', 'consumedAsIs', 'fetch.queue.backoff.ms 1,000 and not 10'),
    rate('kafka-consumer-perf-test', 'consumedByTool'),
    ratio('read, of the bare loop', 'read', 'consumedBare', 85),
    ratio('consumed, of the bare loop', 'consumed', 'consumedBare', 85),
    ratio('consumed, of the tool', 'consumed', 'consumedByTool'),
    rate('copied', 'copied', `in batches of ${copied.inBatch}, with the position of the group`),
    rate('bare loop, copying', 'copiedBare', `in transactions of ${inCopy}, as many as the log's own have`),
    ratio('copied, of the bare loop', 'copied', 'copiedBare', 85),
  ]
}

async function produce(log: Log, { topic, records }: Flow): Promise<{ rate: number; inTransaction: number }> {
  const { inAppend, atOnce } = produced
  const batch = Array.from({ length: inAppend }, (_, n): LogRecord => {
    return { topic, key: Buffer.from(`key-${n % 64}`), value, headers: [] }
  })
  const before = await endsOf(log, topic)
  let left = records / inAppend
  const begun = performance.now()
  const appendAll = async () => {
    while (left-- > 0) await log.append(batch)
  }
  await Promise.all(Array.from({ length: atOnce }, appendAll))
  const rate = (1000 * records) / (performance.now() - begun)
  return { rate, inTransaction: await inTransactionOf(log, topic, before, records) }
}

async function endsOf(log: Log, topic: string): Promise<number> {
  return (await log.ranges(topic)).reduce((sum, { end }) => sum + end, 0)
}

/** Each transaction leaves a mark in each partition, if its records go to all of them. */
async function inTransactionOf(log: Log, topic: string, before: number, records: number): Promise<number> {
  const marked = (await log.ranges(topic)).length
  return Math.round((records * marked) / ((await endsOf(log, topic)) - before - records))
}

async function read(log: Log, { topic, records }: Flow): Promise<number> {
  const begun = performance.now()
  const readPartition = async (partition: number, end: number) => {
    for (let from = 0; from < end; ) from = (await log.read({ topic, partition, from })).next
  }
  await Promise.all((await log.ranges(topic)).map(({ partition, end }) => readPartition(partition, end)))
  return (1000 * records) / (performance.now() - begun)
}

/** By a group; to another topic, unless that is `null`. */
async function consume(log: Log, { topic, records }: Flow, to: string | null, maxRecords: number) {
  let seen = 0
  const before = to === null ? 0 : await endsOf(log, to)
  const all = Promise.withResolvers<void>()
  const begun = performance.now()
  await using consumer = log.consume({ group: randomUUID(), topics: [topic], maxRecords }, async (batch) => {
    seen += batch.records.length
    if (seen >= records) all.resolve()
    const append = to === null ? [] : batch.records.map(({ key, value }) => ({ topic: to, key, value, headers: [] }))
    return { append, finished: batch.records.length }
  })
  await Promise.race([all.promise, consumer.done])
  const rate = (1000 * seen) / (performance.now() - begun)
  await consumer.stop()
  return { rate, inTransaction: to === null ? 0 : await inTransactionOf(log, to, before, seen) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
