import { setTimeout as sleep } from 'node:timers/promises'
import { isPortreeveError } from '@portreeve/errors'
import type { Log } from '@portreeve/log'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KafkaCluster, runTool, startKafka } from '../../../test/support/kafka.ts'
import { valuesOf } from '../../../test/support/log-values.ts'
import { withoutKafka } from '../../../test/support/without-kafka.ts'
import { Admin } from './admin.ts'
import { Ends } from './ends.ts'
import { openKafkaLog } from './open.ts'
import { Producer } from './producer.ts'
import { loadRdkafka } from './rdkafka.ts'
import { Reader } from './reader.ts'

const requestMs = 2000

for (const brokers of [1, 3] as const) {
  describe.skipIf(withoutKafka() !== '')(
    `the broker that coordinates the transactions, of ${brokers}${withoutKafka()}`,
    () => {
      let cluster: KafkaCluster
      let log: Log
      beforeAll(async () => {
        cluster = await startKafka({ brokers })
        log = await openKafkaLog({ brokers: cluster.brokers })
      })
      afterAll(async () => {
        await log?.close()
        await cluster?.close()
      })

      it('is killed and comes back: what was reported as written is there once, what was refused is not', async () => {
        await using writer = await keepWriting(cluster, log, 'killed')
        const coordinator = await coordinatorOf(cluster, 'killed')
        await coordinator.kill()
        await sleep(2 * requestMs)
        await coordinator.start()
        await writer.hasWrittenMore()
        await writer.stop()
        await expectTruth(log, 'killed', writer)
      })

      it('is frozen past every time-out and thaws: what was reported as written is there once, what was refused is not', async () => {
        await using writer = await keepWriting(cluster, log, 'frozen')
        const coordinator = await coordinatorOf(cluster, 'frozen')
        coordinator.pause()
        await sleep(5 * requestMs)
        coordinator.resume()
        await writer.hasWrittenMore()
        await writer.stop()
        await expectTruth(log, 'frozen', writer)
      })
    },
  )
}

interface Told {
  readonly written: string[]
  readonly unknown: string[]
}

/** Writes one record after the other, eight at a time, until it is stopped. */
async function keepWriting(cluster: KafkaCluster, log: Log, topic: string) {
  await log.createTopic({ name: topic })
  const connection = { brokers: cluster.brokers, transactionalId: topic }
  const rdkafka = await loadRdkafka()
  const admin = new Admin(connection)
  const ends = new Ends(admin)
  const reader = new Reader(rdkafka, connection, ends)
  const producer = new Producer({ rdkafka, connection, ends, reader, placeOf: async () => 0, requestMs })
  const told: Told = { written: [], unknown: [] }
  const stopping = new AbortController()
  const write = async (writer: number) => {
    for (let n = 0; !stopping.signal.aborted; n += 1) {
      const value = `${writer}-${n}`
      const record = { topic, key: null, value: Buffer.from(value), headers: [['ce_id', Buffer.from(value)]] as const }
      try {
        await producer.write([record])
        told.written.push(value)
      } catch (error) {
        if (!isPortreeveError(error)) throw error
        if (error.code === 'PRV_LOG_APPEND_UNKNOWN') told.unknown.push(value)
      }
    }
  }
  const writing = Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)))
  const hasWrittenMore = async () => {
    const before = told.written.length
    while (told.written.length < before + 100) await Promise.race([sleep(20), writing])
  }
  await hasWrittenMore()
  const stop = async () => {
    stopping.abort()
    await writing
  }
  const end = async () => {
    await stop()
    await producer.close()
    await reader.close()
    await admin.close()
  }
  return { told, hasWrittenMore, stop, [Symbol.asyncDispose]: end }
}

async function coordinatorOf({ nodes, brokers }: KafkaCluster, transactionalId: string) {
  const words = ['--bootstrap-server', brokers, 'describe', '--transactional-id', transactionalId]
  const [, line = ''] = (await runTool('org.apache.kafka.tools.TransactionsCommand', words)).trim().split('\n')
  const node = nodes.find(({ id }) => id === Number(line.split(/\s+/)[0]))
  if (!node) throw new TypeError(`no coordinator: ${line}`)
  return node
}

async function expectTruth(log: Log, topic: string, { told }: { readonly told: Told }): Promise<void> {
  const values = await valuesOf(log, topic)
  expect(values).toHaveLength(new Set(values).size)
  const notUnknown = values.filter((value) => !told.unknown.includes(value))
  expect(notUnknown.toSorted()).toEqual(told.written.toSorted())
}
