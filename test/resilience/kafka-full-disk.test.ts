import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KafkaCluster, startKafka } from '../support/kafka.ts'
import { seedOfRun } from '../support/seeded-random.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { KafkaRelay } from './support/kafka-relay.ts'
import { scale } from './support/scale.ts'

const seed = seedOfRun()
/** No file of a broker may grow beyond this. */
const limitBytes = 1_500_000

describe.skipIf(withoutKafka() !== '')(`brokers whose disks are full${withoutKafka()}`, () => {
  let cluster: KafkaCluster
  beforeAll(async () => {
    cluster = await startKafka({ brokers: 3, properties: { 'log.index.size.max.bytes': 100_000 } })
  })
  afterAll(() => cluster?.close())

  it('cost nothing that was acknowledged: two of three go on, one acknowledges nothing, and all is handed on when there is room', {
    timeout: scale(240_000, 600_000),
  }, async () => {
    const producer = { valueBytes: 4000 }
    await using relay = await KafkaRelay.start({ brokers: cluster.brokers, prefix: 'full.', producer })
    const [first, second] = cluster.nodes
    if (!first || !second) throw new TypeError('there are three brokers')
    first.limitFileSize(limitBytes)
    while (first.pid !== undefined) await sleep(100)
    await relay.handsOn()
    second.limitFileSize(limitBytes)
    while (second.pid !== undefined) await sleep(100)
    // What is on its way is acknowledged or not; after that nothing can be.
    await sleep(5000)
    const { length } = relay.reports.acknowledged
    await sleep(2000)
    expect(relay.reports.acknowledged, 'acknowledged by one broker of three').toHaveLength(length)
    await Promise.all([first.start(), second.start()])
    await cluster.allAlive()
    await relay.handsOn()
    const { problems, acknowledged, summary } = await relay.finish()
    console.log(`seed ${seed}: ${summary}`)
    expect(problems.slice(0, 20), `seed ${seed}`).toEqual([])
    expect(acknowledged, 'records acknowledged at all').toBeGreaterThan(100)
  })
})
