import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnyBroker, anyBroker } from '../../../test/support/kafka.ts'
import { withoutKafka } from '../../../test/support/without-kafka.ts'
import { Admin } from './admin.ts'
import { Ends } from './ends.ts'
import { openKafkaLog } from './open.ts'
import { Producer } from './producer.ts'
import { loadRdkafka, type RawConsumer } from './rdkafka.ts'
import { Reader } from './reader.ts'

describe.skipIf(withoutKafka() !== '')(`a partition that has gone to another worker${withoutKafka()}`, () => {
  let kafka: AnyBroker | undefined
  beforeAll(async () => {
    kafka = await anyBroker()
  })
  afterAll(() => kafka?.close())

  it('takes no write set any more from who had it, and those that were to be written with it are', async () => {
    const connection = { brokers: kafka?.brokers ?? '', transactionalId: 'lost-partition' }
    await using log = await openKafkaLog({ brokers: connection.brokers, prefix: 'lost.' })
    await log.createTopic({ name: 'out' })
    const admin = new Admin(connection)
    const rdkafka = await loadRdkafka()
    const ends = new Ends(admin)
    const reader = new Reader(rdkafka, connection, ends)
    const producer = new Producer({ rdkafka, connection, ends, reader, placeOf: async () => 0 })
    const record = (value: string) => ({ topic: 'lost.out', key: null, value: Buffer.from(value), headers: [] })
    // Not looked at: the position is refused before it is sent.
    const consumer = {} as RawConsumer
    const moved = { topic: 'lost.in', partition: 0, offset: 7, consumer, isHeld: () => false }
    // The first one occupies the producer, so that the others wait together.
    const written = [producer.write([record('first')])]
    const late = producer.write([record('too late')], moved)
    written.push(producer.write([record('beside it')]))
    await expect(late).rejects.toMatchObject({ code: 'PRV_LOG_PARTITION_MOVED' })
    await Promise.all(written)
    await producer.close()
    await admin.close()
    const { records } = await log.read({ topic: 'out', partition: 0, from: 0, waitMs: 5000 })
    const next = await log.read({ topic: 'out', partition: 0, from: records.at(-1)?.offset ?? 0, waitMs: 1000 })
    const values = [...records, ...next.records].map(({ value }) => Buffer.from(value ?? []).toString())
    expect([...new Set(values)]).toEqual(['first', 'beside it'])
  })
})
