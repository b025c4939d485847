import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnyBroker, anyBroker } from '../../../test/support/kafka.ts'
import { withoutKafka } from '../../../test/support/without-kafka.ts'
import { openKafkaLog } from './open.ts'

const records = 50_000

describe.skipIf(withoutKafka() !== '')(`a handler that is slower than the brokers${withoutKafka()}`, () => {
  let kafka: AnyBroker | undefined
  beforeAll(async () => {
    kafka = await anyBroker()
  })
  afterAll(() => kafka?.close())

  it('is handed everything, once and in order, also when more waits than is kept in memory', async () => {
    const warnings: string[] = []
    const warn = (warning: Error) => void warnings.push(warning.message)
    process.on('warning', warn)
    await using log = await openKafkaLog({ brokers: kafka?.brokers ?? '', prefix: `${randomUUID()}.` })
    await log.createTopic({ name: 'much' })
    for (let n = 0; n < records; n += 5000) {
      await log.append(
        Array.from({ length: 5000 }, (_, index) => {
          return { topic: 'much', key: null, value: Buffer.from(`${n + index}`), headers: [] }
        }),
      )
    }
    const seen: number[] = []
    const all = Promise.withResolvers<void>()
    await using consumer = log.consume({ group: 'slow', topics: ['much'], maxRecords: 1000 }, async (batch) => {
      seen.push(...batch.records.map(({ value }) => Number(Buffer.from(value ?? []))))
      // Long enough for what is kept in memory to be full.
      await sleep(seen.length === 1000 ? 3000 : 1)
      if (seen.length >= records) all.resolve()
      return { append: [], finished: batch.records.length }
    })
    await Promise.race([all.promise, consumer.done])
    expect(seen).toEqual(Array.from({ length: records }, (_, n) => n))
    // A member that has to be replaced is not what keeps it going.
    expect(warnings).toEqual([])
    process.off('warning', warn)
  })
})
