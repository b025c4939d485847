import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KafkaCluster, startKafka } from '../support/kafka.ts'
import { SeededRandom, seedOfRun } from '../support/seeded-random.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { KafkaRelay } from './support/kafka-relay.ts'
import type { KafkaWorkerProcess } from './support/kafka-worker-process.ts'
import { progress, scale } from './support/scale.ts'

const seed = seedOfRun()
const bounces = 5
const rounds = scale(1, 10)
const timeout = scale(240_000, 1_800_000)

describe.skipIf(withoutKafka() !== '')(`workers on three brokers that are stopped and killed${withoutKafka()}`, () => {
  let cluster: KafkaCluster
  beforeAll(async () => {
    cluster = await startKafka({ brokers: 3 })
  })
  afterAll(() => cluster?.close())

  const expectKept = async (relay: KafkaRelay) => {
    const { problems, acknowledged, summary } = await relay.finish()
    console.log(`seed ${seed}: ${summary}`)
    expect(problems.slice(0, 20), `seed ${seed}`).toEqual([])
    expect(acknowledged, 'records acknowledged at all').toBeGreaterThan(100)
  }

  it('hand on what was acknowledged, each record once, when each of them is stopped, killed, and bounced five times', {
    timeout,
  }, async () => {
    const random = new SeededRandom(`${seed} workers`)
    await using relay = await KafkaRelay.start({ brokers: cluster.brokers, prefix: 'workers.' })
    for (const worker of relay.workers) {
      await worker.stop()
      worker.start()
    }
    await relay.handsOn()
    for (let round = 1; round <= rounds; round += 1) {
      await Promise.all(relay.workers.map((worker) => killAt(worker, random.integer(0, 500))))
      await relay.handsOn()
      for (let bounce = 1; bounce <= bounces; bounce += 1) {
        // A killed member holds its partitions for ten seconds: not every bounce waits for that.
        await Promise.all(relay.workers.map((worker) => killAt(worker, random.integer(500, 2000))))
        if (random.chance(0.2)) await relay.handsOn()
      }
      await relay.handsOn()
      progress(`round ${round} of ${rounds}: ${relay.reports.acknowledged.length} acknowledged`)
    }
    await expectKept(relay)
  })

  it('hand on what was acknowledged, each record once, when every broker in turn is stopped, and killed', {
    timeout,
  }, async () => {
    const random = new SeededRandom(`${seed} brokers`)
    await using relay = await KafkaRelay.start({ brokers: cluster.brokers, prefix: 'brokers.' })
    for (let round = 1; round <= rounds; round += 1) {
      // Each leads some partitions of the topics, of the groups' and of the transactions'.
      for (const node of cluster.nodes) {
        await sleep(random.integer(0, 500))
        if (random.chance(0.5)) await node.stop()
        else await node.kill()
        await relay.handsOn()
        await node.start()
        await cluster.allAlive()
      }
      progress(`round ${round} of ${rounds}: ${relay.reports.acknowledged.length} acknowledged`)
    }
    await expectKept(relay)
  })
})

async function killAt(worker: KafkaWorkerProcess, delayMs: number): Promise<void> {
  await sleep(delayMs)
  await worker.kill()
  worker.start()
}
