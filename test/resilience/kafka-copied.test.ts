import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KafkaCluster, startKafka } from '../support/kafka.ts'
import { SeededRandom, seedOfRun } from '../support/seeded-random.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { KafkaRelay } from './support/kafka-relay.ts'
import { COPIERS, IN } from './support/kafka-worker-options.ts'
import { progress, scale } from './support/scale.ts'

const seed = seedOfRun()
const records = scale(18_000, 100_000)
const kills = scale(1, 3)
const copiers = 3
const maxRecords = 750

describe.skipIf(withoutKafka() !== '')(`copiers on three brokers that are killed at work${withoutKafka()}`, () => {
  let cluster: KafkaCluster
  beforeAll(async () => {
    cluster = await startKafka({ brokers: 3 })
  })
  afterAll(() => cluster?.close())

  it('leave each record once, in the order of its key, for a read-committed reader', {
    timeout: scale(240_000, 1_800_000),
  }, async () => {
    const random = new SeededRandom(`${seed} copies`)
    await using relay = await KafkaRelay.prepare({
      brokers: cluster.brokers,
      prefix: 'copied.',
      copiers,
      hasConsumer: false,
      producer: { records, recordsInCall: 50, pauseMs: 0, valueBytes: 300 },
      copier: { maxRecords },
    })
    relay.producer.start()
    await relay.producer.ended()
    const began = Date.now()
    for (const copier of relay.copiers) copier.start()
    for (let kill = 1; kill <= kills; kill += 1) {
      const before = relay.reports.copying
      while (relay.reports.copying - before < records / (2 * kills + 2)) await sleep(5)
      await Promise.all(
        relay.copiers.map(async (copier) => {
          await sleep(random.integer(0, 50))
          await copier.kill()
          copier.start()
        }),
      )
      const lag = await relay.lag(COPIERS, IN)
      expect(lag, 'records left to copy').toBeGreaterThan(0)
      progress(`killed ${kill} of ${kills} times: at most ${lag} left`)
    }
    await relay.drained()
    const seconds = ((Date.now() - began) / 1000).toFixed(1)
    const { problems, copies, summary } = await relay.finish()
    console.log(`seed ${seed}: ${summary}; ${copiers} copiers killed ${kills} times each, copied in ${seconds} s`)
    expect(problems.slice(0, 20), `seed ${seed}`).toEqual([])
    expect(copies).toBeGreaterThanOrEqual(records)
  })
})
