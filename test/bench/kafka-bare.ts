import { createRequire } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { RawConsumer, RawMessage, RawProducer, Rdkafka } from '../../packages/log-kafka/src/rdkafka.ts'

const room = fileURLToPath(new URL('../../packages/log-kafka/package.json', import.meta.url))
const timeoutMs = 10_000
const atOnce = 1000

export interface Flow {
  readonly brokers: string
  readonly topic: string
  readonly records: number
}

/** Records from every partition of `topic` in turn, as `rounds` of a loop over the client alone. */
export async function consumeBare(flow: Flow, partitions: number, settings: Readonly<Record<string, unknown>>) {
  const consumer = await connectedConsumer(flow.brokers, settings)
  const places = Array.from({ length: partitions }, (_, partition) => ({ topic: flow.topic, partition, offset: 0 }))
  const begun = performance.now()
  consumer.assign(places)
  for (let seen = 0; seen < flow.records; ) seen += (await nextOf(consumer, atOnce)).length
  const seconds = (performance.now() - begun) / 1000
  await answered((done) => consumer.disconnect(done))
  return flow.records / seconds
}

/** Batches of one size, each a transaction; without a transactional id, as fast as the client's queue takes them. */
export async function produceBare(flow: Flow, value: Buffer, batch: number, transactionalId?: string): Promise<number> {
  const producer = await connectedProducer(flow.brokers, transactionalId)
  const reports = new Reports(producer)
  const begun = performance.now()
  for (let sent = 0; sent < flow.records; sent += batch) {
    const size = Math.min(batch, flow.records - sent)
    if (transactionalId) await answered((done) => producer.beginTransaction(done))
    for (let n = 0; n < size; n += 1) await produced(producer, flow.topic, value, `key-${n % 64}`)
    if (transactionalId) await answered((done) => producer.commitTransaction(timeoutMs, done))
    else await setImmediate()
  }
  await reports.until(flow.records)
  const seconds = (performance.now() - begun) / 1000
  await takenDown(producer)
  return flow.records / seconds
}

export interface Copy extends Flow {
  readonly to: string
  /** Records in a transaction. */
  readonly batch: number
}

/** What is in one topic to another, with the group's positions in the same transactions. */
export async function copyBare({ brokers, topic, to, records, batch }: Copy, id: string): Promise<number> {
  const producer = await connectedProducer(brokers, id)
  const consumer = await connectedConsumer(brokers, { 'group.id': id, 'fetch.queue.backoff.ms': 10 })
  const reports = new Reports(producer)
  const begun = performance.now()
  consumer.subscribe([topic])
  for (let copied = 0; copied < records; ) {
    const messages: RawMessage[] = []
    while (messages.length < Math.min(batch, records - copied)) {
      messages.push(...(await nextOf(consumer, batch - messages.length)))
    }
    await answered((done) => producer.beginTransaction(done))
    const ends = new Map<number, number>()
    for (const { value, key, partition, offset } of messages) {
      if (value) await produced(producer, to, value, key ?? null)
      ends.set(partition, offset + 1)
    }
    const positions = [...ends].map(([partition, offset]) => ({ topic, partition, offset }))
    await answered((done) => producer.sendOffsetsToTransaction(positions, consumer, timeoutMs, done))
    await answered((done) => producer.commitTransaction(timeoutMs, done))
    copied += messages.length
  }
  await reports.until(records)
  const seconds = (performance.now() - begun) / 1000
  await takenDown(producer)
  await answered((done) => consumer.disconnect(done))
  return records / seconds
}

class Reports {
  readonly #producer: RawProducer
  #count = 0

  constructor(producer: RawProducer) {
    this.#producer = producer
    producer.on('delivery-report', (error: unknown) => {
      if (error) throw error
      this.#count += 1
    })
  }

  async until(count: number): Promise<void> {
    for (; this.#count < count; await setImmediate()) this.#producer.poll()
  }
}

async function produced(producer: RawProducer, topic: string, value: Buffer, key: Buffer | string | null) {
  for (;;) {
    try {
      producer.produce(topic, -1, value, typeof key === 'string' ? Buffer.from(key) : key, null, null, [])
      return
    } catch {
      // Its queue is full.
      producer.poll()
      await setImmediate()
    }
  }
}

/** Loaded when it is used: it may not have been built. */
function client(): Rdkafka {
  return createRequire(room)('node-rdkafka')
}

async function connectedProducer(brokers: string, transactionalId: string | undefined): Promise<RawProducer> {
  const settings = {
    'bootstrap.servers': brokers,
    'enable.idempotence': true,
    acks: 'all',
    'linger.ms': transactionalId ? 0 : 5,
    'queue.buffering.max.messages': 200_000,
    ...(transactionalId && { 'transactional.id': transactionalId }),
    dr_cb: true,
  }
  const producer = new (client().Producer)(settings, { partitioner: 'murmur2_random' })
  await answered((done) => producer.connect({}, done))
  producer.setPollInterval(5)
  if (transactionalId) await answered((done) => producer.initTransactions(timeoutMs, done))
  return producer
}

async function takenDown(producer: RawProducer): Promise<void> {
  producer.setPollInterval(0)
  await answered((done) => producer.disconnect(timeoutMs, done))
}

async function connectedConsumer(brokers: string, settings: Readonly<Record<string, unknown>>): Promise<RawConsumer> {
  const all = {
    'bootstrap.servers': brokers,
    'group.id': 'bare',
    'enable.auto.commit': false,
    'isolation.level': 'read_committed',
    ...settings,
  }
  const consumer = new (client().KafkaConsumer)(all, { 'auto.offset.reset': 'earliest' })
  await answered((done) => consumer.connect({}, done))
  consumer.setDefaultConsumeTimeout(100)
  return consumer
}

function nextOf(consumer: RawConsumer, atMost: number): Promise<readonly RawMessage[]> {
  return answered((done) => consumer.consume(atMost, done))
}

function answered<Answer>(ask: (done: (error: unknown, answer: Answer) => void) => unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    ask((error, answer) => {
      if (error) reject(error)
      else resolve(answer)
    })
  })
}
