import { randomUUID } from 'node:crypto'
import type { Log, LogRecord } from '@portreeve/log'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BehindProxy, kafkaRequests, startBehindProxy } from '../../../test/support/kafka-proxy.ts'
import { valuesOf } from '../../../test/support/log-values.ts'
import { withoutKafka } from '../../../test/support/without-kafka.ts'
import { Admin } from './admin.ts'
import { Ends } from './ends.ts'
import { openKafkaLog } from './open.ts'
import { Producer } from './producer.ts'
import { pump } from './pump.ts'
import { loadRdkafka, type RawConsumer, type Rdkafka } from './rdkafka.ts'
import { Reader } from './reader.ts'

const { endTransaction } = kafkaRequests
const requestMs = 2000
let behind: BehindProxy
let log: Log
let rdkafka: Rdkafka

describe.skipIf(withoutKafka() !== '')(`a commit without an answer${withoutKafka()}`, () => {
  beforeAll(async () => {
    behind = await startBehindProxy()
    rdkafka = await loadRdkafka()
    log = await openKafkaLog({ brokers: behind.cluster.adminBrokers })
  })
  afterAll(async () => {
    await log?.close()
    await behind?.cluster.close()
    await behind?.proxy[Symbol.asyncDispose]()
  })

  for (const headers of ['ce_id', 'none'] as const) {
    it(`that took place: the records are reported as written, where they stand; headers: ${headers}`, async () => {
      await using writer = await openWriter()
      const lost = behind.proxy.lose('answer', endTransaction)
      const written = writer.producer.write([
        record(writer.topic, 'one', headers),
        record(writer.topic, 'two', headers),
      ])
      await lost
      await writer.madeAnew()
      behind.proxy.light()
      const positions = await written
      expect(await valuesOf(log, writer.topic)).toEqual(['before', 'one', 'two'])
      for (const [index, { offset }] of positions.entries()) {
        const { records } = await log.read({ topic: writer.topic, partition: 0, from: offset, maxRecords: 1 })
        expect(records[0]).toMatchObject({ offset, value: Buffer.from(['one', 'two'][index] ?? '') })
      }
    })

    it(`that did not arrive: the records are written again, and stand there once; headers: ${headers}`, async () => {
      await using writer = await openWriter()
      const lost = behind.proxy.lose('request', endTransaction)
      const written = writer.producer.write([record(writer.topic, 'one', headers)])
      const after = writer.producer.write([record(writer.topic, 'two', headers)])
      await lost
      await writer.madeAnew()
      behind.proxy.light()
      await Promise.all([written, after])
      expect(await valuesOf(log, writer.topic)).toEqual(['before', 'one', 'two'])
    })
  }

  for (const lost of ['answer', 'request'] as const) {
    it(`to which a position alone belonged: the group stands where it was told to, lost: ${lost}`, async () => {
      await using writer = await openWriter()
      await using member = await joinGroup(writer.topic)
      const { consumer, group } = member
      const dark = behind.proxy.lose(lost, endTransaction)
      const moved = { topic: writer.topic, partition: 0, offset: 1, consumer, isHeld: () => true }
      const written = writer.producer.write([], moved)
      await dark
      await writer.madeAnew()
      behind.proxy.light()
      await expect(written).resolves.toEqual([])
      expect(await log.positions(group)).toMatchObject([{ topic: writer.topic, offset: 1 }])
    })
  }

  it('while nobody can be asked: nobody says that the records were written, nor that they were not', async () => {
    await using writer = await openWriter({ doubtMs: 1000 })
    const lost = behind.proxy.lose('answer', endTransaction)
    const written = writer.producer.write([record(writer.topic, 'one', 'ce_id')])
    await Promise.all([lost, expect(written).rejects.toMatchObject({ code: 'PRV_LOG_APPEND_UNKNOWN' })])
    behind.proxy.light()
    await writer.producer.write([record(writer.topic, 'two', 'ce_id')])
    expect(await valuesOf(log, writer.topic)).toEqual(['before', 'one', 'two'])
  })

  it('of a producer whose id another one has taken over: what was committed is reported, and no more is written', async () => {
    await using writer = await openWriter({ requestMs: 15_000 })
    const lost = behind.proxy.lose('answer', endTransaction)
    const written = writer.producer.write([record(writer.topic, 'one', 'ce_id')])
    await lost
    await using newer = await openWriter({ direct: true, id: writer.id, topic: writer.topic })
    behind.proxy.light()
    await expect(written).resolves.toMatchObject([{ offset: 2 }])
    const late = writer.producer.write([record(writer.topic, 'late', 'ce_id')])
    await expect(late).rejects.toMatchObject({ code: 'PRV_KAFKA_TAKEN_OVER' })
    await newer.producer.write([record(writer.topic, 'two', 'ce_id')])
    expect(await valuesOf(log, writer.topic)).toEqual(['before', 'one', 'before', 'two'])
  })

  it('never came from a producer whose id another one has: what it was writing is refused, and stands nowhere', async () => {
    await using older = await openWriter({ direct: true, requestMs: 15_000 })
    const { topic, id } = older
    const told: string[] = []
    const refused = Promise.withResolvers<unknown>()
    const write = async () => {
      for (let n = 0; ; n += 1) {
        await older.producer.write([record(topic, `older ${n}`, 'ce_id')])
        told.push(`older ${n}`)
      }
    }
    write().catch(refused.resolve)
    await using newer = await openWriter({ direct: true, id, topic })
    expect(await refused.promise).toMatchObject({ code: 'PRV_KAFKA_TAKEN_OVER' })
    await newer.producer.write([record(topic, 'newer', 'ce_id')])
    expect(await valuesOf(log, topic)).toEqual(expect.arrayContaining(['before', ...told, 'before', 'newer']))
    expect(await valuesOf(log, topic)).toHaveLength(told.length + 3)
  })
})

interface WriterOptions {
  readonly doubtMs?: number
  readonly requestMs?: number
  /** Not through the proxy. */
  readonly direct?: boolean
  readonly id?: string
  readonly topic?: string
}

/** A producer that has written one record, `before`, to a topic with one partition. */
async function openWriter(options: WriterOptions = {}) {
  const { direct = false, id = randomUUID(), topic = `t-${randomUUID().slice(0, 8)}` } = options
  if (options.topic === undefined) await log.createTopic({ name: topic })
  const brokers = direct ? behind.cluster.adminBrokers : behind.brokers
  const connection = { brokers, transactionalId: id }
  const admin = new Admin(connection)
  const ends = new Ends(admin)
  const reader = new Reader(rdkafka, connection, ends)
  const { made, counting } = counted(rdkafka)
  const bounds = { requestMs: options.requestMs ?? requestMs, doubtMs: options.doubtMs ?? 30_000 }
  const producer = new Producer({ rdkafka: counting, connection, ends, reader, placeOf: async () => 0, ...bounds })
  await producer.write([record(topic, 'before', 'ce_id')])
  return {
    id,
    topic,
    producer,
    madeAnew: () => made(2),
    [Symbol.asyncDispose]: async () => {
      await producer.close()
      await reader.close()
      await admin.close()
    },
  }
}

/** The client, and when so many producers of it have been made. */
function counted(real: Rdkafka) {
  let count = 0
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const construct = (target: Rdkafka['Producer'], words: ConstructorParameters<Rdkafka['Producer']>) => {
    count += 1
    for (const one of waiting) if (one.count <= count) one.resolve()
    return new target(...words)
  }
  const made = (wanted: number) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.push({ count: wanted, resolve })
    if (count >= wanted) resolve()
    return promise
  }
  const counting: Rdkafka = { KafkaConsumer: real.KafkaConsumer, Producer: new Proxy(real.Producer, { construct }) }
  return { made, counting }
}

/** A member, not through the proxy, that has been given its partition. */
async function joinGroup(topic: string) {
  const group = randomUUID()
  const consumer: RawConsumer = new rdkafka.KafkaConsumer(
    { 'bootstrap.servers': behind.cluster.adminBrokers, 'group.id': group, 'isolation.level': 'read_committed' },
    { 'auto.offset.reset': 'earliest' },
  )
  await new Promise((resolve) => consumer.connect({ timeout: 5000 }, resolve))
  consumer.subscribe([topic])
  const first = Promise.withResolvers<void>()
  const stop = new AbortController()
  const pumping = pump(consumer, ({ length }) => length > 0 && first.resolve(), stop.signal)
  await Promise.race([first.promise, pumping])
  return {
    consumer,
    group,
    [Symbol.asyncDispose]: async () => {
      stop.abort()
      await pumping
      await new Promise((resolve) => consumer.disconnect(resolve))
    },
  }
}

function record(topic: string, value: string, headers: 'ce_id' | 'none'): LogRecord {
  const identity = headers === 'ce_id' ? ([['ce_id', Buffer.from(randomUUID())]] as const) : []
  return { topic, key: Buffer.from('key'), value: Buffer.from(value), headers: identity }
}
