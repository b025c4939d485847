import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KafkaCluster, startKafka } from '../support/kafka.ts'
import { seedOfRun } from '../support/seeded-random.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { KafkaRelay } from './support/kafka-relay.ts'
import { progress, scale } from './support/scale.ts'

const seed = seedOfRun()
const everyMs = 2000
const changes = scale(10, 60)
const passing = 3

describe.skipIf(withoutKafka() !== '')(`workers that join and leave every two seconds${withoutKafka()}`, () => {
  let cluster: KafkaCluster
  beforeAll(async () => {
    cluster = await startKafka({ brokers: 3 })
  })
  afterAll(() => cluster?.close())

  it('hand on what was acknowledged, each record once, and work goes on meanwhile', {
    timeout: scale(240_000, 900_000),
  }, async () => {
    await using relay = await KafkaRelay.start({ brokers: cluster.brokers, prefix: 'storm.' })
    const visitors = Array.from({ length: passing }, (_, index) => relay.addCopier(`visitor-${index + 1}`))
    const present = new Set<(typeof visitors)[number]>()
    const leaving: Promise<void>[] = []
    const before = relay.reports.consumed.length
    for (let change = 0; change < changes; change += 1) {
      const visitor = visitors[change % passing]
      if (visitor === undefined) break
      if (present.delete(visitor)) leaving.push(visitor.stop())
      else {
        // The one that left last time may still be on its way out.
        await visitor.ended()
        present.add(visitor)
        visitor.start()
        await visitor.tells('open')
      }
      await sleep(everyMs)
      progress(`change ${change + 1} of ${changes}: ${relay.reports.consumed.length} consumed`)
    }
    await Promise.all(leaving)
    expect(relay.reports.consumed.length, 'consumed during the storm').toBeGreaterThan(before)
    await relay.handsOn()
    const { problems, acknowledged, summary } = await relay.finish()
    console.log(`seed ${seed}: ${summary}; ${changes} changes`)
    expect(problems.slice(0, 20), `seed ${seed}`).toEqual([])
    expect(acknowledged, 'records acknowledged at all').toBeGreaterThan(100)
  })
})
