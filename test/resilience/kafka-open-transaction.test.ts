import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KafkaCluster, runTool, startKafka } from '../support/kafka.ts'
import { SeededRandom, seedOfRun } from '../support/seeded-random.ts'
import { withoutKafka } from '../support/without-kafka.ts'
import { readByBoth } from './support/kafka-readers.ts'
import { KafkaRelay } from './support/kafka-relay.ts'
import { IN } from './support/kafka-worker-options.ts'
import { scale } from './support/scale.ts'

const seed = seedOfRun()
const triesToCatch = 30
/** Calls of a size that keeps a transaction open for as long as possible. */
const producer = { recordsInCall: 200, pauseMs: 0, valueBytes: 1000 }
/** A transaction may stand open for ten seconds; a broker looks every ten seconds which ones are due. On a busy machine, more. */
const boundMs = 60_000

describe.skipIf(withoutKafka() !== '')(`a producer that is killed inside a transaction${withoutKafka()}`, () => {
  let cluster: KafkaCluster
  beforeAll(async () => {
    cluster = await startKafka({ brokers: 3 })
  })
  afterAll(() => cluster?.close())

  it('leaves nothing to be read, and readers come by what it left within a bound, though it never comes back', {
    timeout: scale(240_000, 600_000),
  }, async () => {
    await using relay = await KafkaRelay.prepare({
      brokers: cluster.brokers,
      prefix: 'gone.',
      hasConsumer: false,
      producer,
    })
    await killInTransaction(relay, 'gone.', new SeededRandom(`${seed} gone`))
    const began = Date.now()
    await expectNothingLeft(relay, 'gone.')
    console.log(`seed ${seed}: readers had all ${((Date.now() - began) / 1000).toFixed(1)} s after the kill`)
  })

  it('holds up nobody once it is started again', { timeout: scale(240_000, 600_000) }, async () => {
    await using relay = await KafkaRelay.prepare({
      brokers: cluster.brokers,
      prefix: 'back.',
      hasConsumer: false,
      producer,
    })
    await killInTransaction(relay, 'back.', new SeededRandom(`${seed} back`))
    relay.producer.start()
    await relay.producer.tells('acknowledged')
    await relay.producer.stop()
    expect(await stateOf('back.')).not.toContain('Ongoing')
    await expectNothingLeft(relay, 'back.')
  })

  /** Until a broker says that the transaction of the dead stands open. */
  const killInTransaction = async ({ producer }: KafkaRelay, prefix: string, random: SeededRandom) => {
    for (let tries = 1; tries <= triesToCatch; tries += 1) {
      producer.start()
      await producer.tells('acknowledged')
      await sleep(random.integer(0, 100))
      await producer.kill()
      if ((await stateOf(prefix)).includes('Ongoing')) return
    }
    throw new Error(`it was not caught in a transaction in ${triesToCatch} tries`)
  }

  const stateOf = async (prefix: string) => {
    const words = ['--bootstrap-server', cluster.brokers, 'describe', '--transactional-id', `${prefix}p1`]
    return await runTool('org.apache.kafka.tools.TransactionsCommand', words)
  }

  /** Whole calls, which may have been committed without the producer being told, and nothing of one that was under way. */
  const expectNothingLeft = async ({ log, reports }: KafkaRelay, prefix: string) => {
    const [key, value] = [Buffer.from('after'), Buffer.from('after')]
    const behind = await log.append([0, 1, 2].map((partition) => ({ topic: IN, partition, key, value, headers: [] })))
    for (const { topic, partition, offset } of behind) {
      for (const over = Date.now() + boundMs; ; await sleep(100)) {
        const range = (await log.ranges(topic)).find((one) => one.partition === partition)
        if ((range?.end ?? 0) > offset) break
        expect(Date.now(), `partition ${partition} is held up`).toBeLessThan(over)
      }
    }
    const problems: string[] = []
    const found = (await readByBoth(log, cluster.brokers, prefix, IN, problems)).map(({ name }) => name)
    expect(problems).toEqual([])
    const names = new Set(found)
    expect(
      reports.acknowledged.filter((name) => !names.has(name)),
      'lost',
    ).toEqual([])
    const calls = Map.groupBy(
      found.filter((name) => name !== 'after'),
      callOf,
    )
    for (const [call, records] of calls) expect(records, call).toHaveLength(3 * producer.recordsInCall)
  }
})

/** The names of a call: three keys of one lane, the same run, numbers that belong together. */
function callOf(name: string): string {
  const [key = '', run, number] = name.split('.')
  const lane = key.split('-').slice(0, 2).join('-')
  return `${lane}.${run}.${Math.floor((Number(number) - 1) / producer.recordsInCall)}`
}
