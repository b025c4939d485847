import { randomUUID } from 'node:crypto'
import type { LogRecord } from '@portreeve/log'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type AnyBroker, anyBroker } from '../../../test/support/kafka.ts'
import { withoutKafka } from '../../../test/support/without-kafka.ts'
import { openKafkaLog } from './open.ts'

describe.skipIf(withoutKafka() !== '')(`a topic that another worker gives more partitions${withoutKafka()}`, () => {
  let kafka: AnyBroker | undefined
  beforeAll(async () => {
    kafka = await anyBroker()
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  afterAll(() => kafka?.close())

  const record: LogRecord = { topic: 'reports', key: null, value: Buffer.from('one'), headers: [] }

  async function grown() {
    const connection = { brokers: kafka?.brokers ?? '', prefix: `${randomUUID()}.` }
    const log = await openKafkaLog(connection)
    await log.createTopic({ name: 'reports' })
    // The client has looked at it.
    await log.append([record])
    await using other = await openKafkaLog(connection)
    const declared = { name: 'reports', partitions: 3 }
    const [difference] = await other.compareTopics([declared])
    if (!difference) throw new TypeError('the topic is as declared')
    await other.alignTopic(declared, difference)
    return log
  }

  it('can be read and written there at once', async () => {
    await using log = await grown()
    expect((await log.read({ topic: 'reports', partition: 2, from: 0 })).records).toEqual([])
    expect(await log.append([{ ...record, partition: 1 }])).toMatchObject([{ partition: 1 }])
    await expect(log.append([{ ...record, partition: 3 }])).rejects.toMatchObject({ code: 'PRV_LOG_PARTITION_UNKNOWN' })
  })

  it('is written there without being told to, soon', async () => {
    await using log = await grown()
    const placed = async () => {
      const positions = await log.append(Array.from({ length: 9 }, () => record))
      return [...new Set(positions.map(({ partition }) => partition))].sort()
    }
    expect(await placed()).toEqual([0])
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
    const fresh = () => new Promise((resolve) => setTimeout(resolve, 50))
    while ((await placed()).length === 1) await fresh()
    expect(await placed()).toEqual([0, 1, 2])
  })
})
