import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KafkaCluster, startKafka } from '../../../test/support/kafka.ts'
import { withoutKafka } from '../../../test/support/without-kafka.ts'
import { Admin } from './admin.ts'
import { openKafkaLog } from './open.ts'

describe.skipIf(withoutKafka() !== '')(`reading without a group${withoutKafka()}`, () => {
  let cluster: KafkaCluster
  beforeAll(async () => {
    cluster = await startKafka()
  })
  afterAll(() => cluster?.close())

  it('says that records are gone which were let go while it stood before them, and goes on elsewhere', async () => {
    const { brokers } = cluster
    await using log = await openKafkaLog({ brokers })
    await using admin = closing(new Admin({ brokers }))
    for (const name of ['slow', 'other']) await log.createTopic({ name })
    const other = await log.append([{ topic: 'other', key: null, value: Buffer.from('kept'), headers: [] }])
    // More than is fetched ahead.
    const large = { topic: 'slow', key: null, value: Buffer.alloc(900_000), headers: [] }
    for (let n = 0; n < 60; n += 1) await log.append([large])
    const [{ end } = { end: 0 }] = await log.ranges('slow')
    let from = 0
    const readOn = async () => {
      from = (await log.read({ topic: 'slow', partition: 0, from, maxRecords: 1 })).next
    }
    await readOn()
    await admin.value.deleteBefore({ topic: 'slow', partition: 0, offset: end })
    const readAll = async () => {
      while (from < end) await readOn()
    }
    await expect(readAll()).rejects.toMatchObject({ code: 'PRV_LOG_OFFSET_GONE' })
    const { records } = await log.read({ topic: 'other', partition: 0, from: other[0]?.offset ?? 0 })
    expect(records).toMatchObject([{ value: Buffer.from('kept') }])
  })

  it('reads from anywhere in a partition that holds more than is fetched ahead, as often as it is asked to', async () => {
    await using log = await openKafkaLog({ brokers: cluster.brokers })
    await log.createTopic({ name: 'long' })
    const count = 30_000
    const records = Array.from({ length: count }, (_, n) => {
      return { topic: 'long', key: null, value: Buffer.from(`${n}`), headers: [] }
    })
    await log.append(records)
    const read = async (from: number, maxRecords: number) => {
      const found = await log.read({ topic: 'long', partition: 0, from, maxRecords })
      return found.records.map(({ value }) => Number(Buffer.from(value ?? []).toString()))
    }
    for (let n = 0; n < 40; n += 1) {
      const from = (n * 7919) % (count - 10)
      // Sometimes it is left when all that is fetched ahead is there, and sometimes while it comes.
      if (n % 4 === 0) await sleep(200)
      expect(await read(from, 3)).toEqual([from, from + 1, from + 2])
    }
  })
})

function closing(value: Admin) {
  return { value, [Symbol.asyncDispose]: () => value.close() }
}
