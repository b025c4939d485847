import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnyBroker, anyBroker } from '../../../test/support/kafka.ts'
import { valuesOf } from '../../../test/support/log-values.ts'
import { withoutKafka } from '../../../test/support/without-kafka.ts'
import { Admin } from './admin.ts'
import { Ends } from './ends.ts'
import type { MovedPosition } from './job.ts'
import { openKafkaLog } from './open.ts'
import { Producer } from './producer.ts'
import { call, loadRdkafka, type RawConsumer, type Rdkafka } from './rdkafka.ts'
import { Reader } from './reader.ts'

describe.skipIf(withoutKafka() !== '')(`a partition that has gone to another worker${withoutKafka()}`, () => {
  let kafka: AnyBroker | undefined
  let rdkafka: Rdkafka
  beforeAll(async () => {
    rdkafka = await loadRdkafka()
    kafka = await anyBroker()
  })
  afterAll(() => kafka?.close())

  it('takes no write set any more from who had it, and those that were to be written with it are', async () => {
    await using writer = await openWriter()
    // Not looked at: the position is refused before it is sent.
    const consumer = {} as RawConsumer
    const moved = { topic: writer.name('in'), partition: 0, offset: 7, consumer, isHeld: () => false }
    // The first one occupies the producer, so that the others wait together.
    const written = [writer.write('first')]
    const late = writer.write('too late', moved)
    written.push(writer.write('beside it'))
    await expect(late).rejects.toMatchObject({ code: 'PRV_LOG_PARTITION_MOVED' })
    await Promise.all(written)
    expect(await writer.values()).toEqual(['first', 'beside it'])
  })

  it('takes none from who gave it up while the coordinator was being asked', async () => {
    await using writer = await openWriter()
    const consumer = new rdkafka.KafkaConsumer(
      { 'bootstrap.servers': kafka?.brokers, 'group.id': writer.name('group') },
      { 'auto.offset.reset': 'earliest' },
    )
    await call((done) => consumer.connect({ timeout: 10_000 }, done))
    let asked = 0
    const isHeld = () => ++asked === 1
    const late = writer.write('too late', { topic: writer.name('in'), partition: 0, offset: 7, consumer, isHeld })
    await expect(late).rejects.toMatchObject({ code: 'PRV_LOG_PARTITION_MOVED' })
    await writer.write('after it')
    expect(await writer.values()).toEqual(['after it'])
    expect(await writer.log.positions('group')).toEqual([])
    await call((done) => consumer.disconnect(done))
  })

  async function openWriter() {
    const prefix = `${randomUUID()}.`
    const name = (own: string) => `${prefix}${own}`
    const connection = { brokers: kafka?.brokers ?? '', transactionalId: name('writer') }
    const log = await openKafkaLog({ brokers: connection.brokers, prefix })
    for (const name of ['in', 'out']) await log.createTopic({ name })
    const admin = new Admin(connection)
    const ends = new Ends(admin)
    const reader = new Reader(rdkafka, connection, ends)
    const producer = new Producer({ rdkafka, connection, ends, reader, placeOf: async () => 0 })
    return {
      log,
      name,
      write: (value: string, position: MovedPosition | null = null) =>
        producer.write([{ topic: name('out'), key: null, value: Buffer.from(value), headers: [] }], position),
      values: () => valuesOf(log, 'out'),
      [Symbol.asyncDispose]: async () => {
        await producer.close()
        await reader.close()
        await admin.close()
        await log.close()
      },
    }
  }
})
