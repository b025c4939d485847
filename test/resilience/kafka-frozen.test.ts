import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KafkaCluster, runTool, startKafka } from '../support/kafka.ts'
import { SeededRandom, seedOfRun } from '../support/seeded-random.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { KafkaRelay } from './support/kafka-relay.ts'
import type { KafkaWorkerProcess } from './support/kafka-worker-process.ts'
import { progress, scale } from './support/scale.ts'

const seed = seedOfRun()
const rounds = scale(1, 10)
const timeout = scale(240_000, 1_800_000)
/** Longer than a member may be silent, ten seconds, and than a transaction may stand open, as long. */
const frozenMs = 13_000
const triesToCatch = 30

describe.skipIf(withoutKafka() !== '')(`workers on three brokers that are frozen for long${withoutKafka()}`, () => {
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

  it.concurrent('go on when they thaw, and hand on each record once, though others have had their partitions meanwhile', {
    timeout,
  }, async () => {
    const random = new SeededRandom(`${seed} frozen`)
    await using relay = await KafkaRelay.start({ brokers: cluster.brokers, prefix: 'frozen.' })
    for (let round = 1; round <= rounds; round += 1) {
      const [copier] = relay.copiers
      const frozen = [relay.producer, copier, relay.consumer].filter(
        (worker) => worker !== undefined && worker !== null,
      )
      await Promise.all(
        frozen.map(async (worker) => {
          await sleep(random.integer(0, 500))
          worker.freeze()
          await sleep(frozenMs)
          worker.thaw()
        }),
      )
      await relay.handsOn()
      progress(`round ${round} of ${rounds}: ${relay.reports.acknowledged.length} acknowledged`)
    }
    await expectKept(relay)
  })

  it.concurrent('are one again soon after they thaw and another has their transactional id: the other ends, and each record is handed on once', {
    timeout,
  }, async () => {
    const random = new SeededRandom(`${seed} same id`)
    await using relay = await KafkaRelay.start({ brokers: cluster.brokers, prefix: 'same-id.', copiers: 1 })
    let [copier] = relay.copiers
    for (let round = 1; round <= rounds && copier; round += 1) {
      await sleep(random.integer(0, 500))
      copier.freeze()
      const another = relay.addCopier(`again-${round}`, 'same-id.c1')
      another.start()
      await another.tells('copying')
      await relay.handsOn()
      copier.thaw()
      // Which one it is depends on whether the frozen one was inside a transaction.
      while (!copier.hasTold('ended') && !another.hasTold('ended')) await sleep(50)
      if (copier.hasTold('ended')) copier = another
      progress(`round ${round} of ${rounds}: ${relay.reports.acknowledged.length} acknowledged`)
    }
    await expectKept(relay)
  })

  it.concurrent('take nothing back and double nothing when they thaw inside a transaction and another works under an id of its own', {
    timeout,
  }, async () => {
    const random = new SeededRandom(`${seed} new id`)
    await using relay = await KafkaRelay.start({ brokers: cluster.brokers, prefix: 'new-id.', copiers: 1 })
    let [copier] = relay.copiers
    let id = 'new-id.c1'
    for (let round = 1; round <= rounds && copier; round += 1) {
      await freezeInTransaction(cluster.brokers, copier, id, random)
      id = `new-id.${round}`
      const another = relay.addCopier(`new-${round}`, id)
      another.start()
      await another.tells('copying')
      await relay.handsOn()
      copier.thaw()
      await relay.handsOn()
      await copier.stop()
      copier = another
      progress(`round ${round} of ${rounds}: ${relay.reports.acknowledged.length} acknowledged`)
    }
    await expectKept(relay)
  })
})

/** Until a broker says that its transaction stands open. */
async function freezeInTransaction(brokers: string, worker: KafkaWorkerProcess, id: string, random: SeededRandom) {
  const words = ['--bootstrap-server', brokers, 'describe', '--transactional-id', id]
  for (let tries = 1; tries <= triesToCatch; tries += 1) {
    await sleep(random.integer(0, 200))
    worker.freeze()
    if ((await runTool('org.apache.kafka.tools.TransactionsCommand', words)).includes('Ongoing')) return
    worker.thaw()
  }
  throw new Error(`${worker.name} was not caught in a transaction in ${triesToCatch} tries`)
}
