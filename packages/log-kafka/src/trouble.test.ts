import { copyFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '@portreeve/log'
import { describe, expect, it } from 'vitest'
import { type KafkaCluster, runTool, startKafka } from '../../../test/support/kafka.ts'
import { administer } from '../../../test/support/kafka-records.ts'
import { withoutKafka } from '../../../test/support/without-kafka.ts'
import { openKafkaLog } from './open.ts'

const sasl = { mechanism: 'SCRAM-SHA-256', username: 'clerk', password: 'clerk-password' } as const
const topicResource = 2
const set = 0

describe.skipIf(withoutKafka() !== '')(`brokers of Kafka in trouble${withoutKafka()}`, { timeout: 240_000 }, () => {
  it('that are gone: nothing is written, nobody reads, and all goes on when they are back', async () => {
    await using kafka = await startKafka()
    const { brokers } = kafka
    await using log = await openLetters({ brokers })
    await log.append([letter('before')])
    const consumer = consumed(log, ['before', 'after'])
    await consumer.first
    while ((await log.lag(consumer.group, 'letters')) > 0) await sleep(50)
    await kafka.nodes[0]?.kill()
    const unreachable = { code: 'PRV_KAFKA_UNREACHABLE', details: { brokers } }
    await expect(log.append([letter('never')])).rejects.toMatchObject(unreachable)
    await expect(openKafkaLog({ brokers })).rejects.toMatchObject(unreachable)
    await expect(log.ranges('letters')).rejects.toMatchObject(unreachable)
    const late = log.consume({ group: 'others', topics: ['letters'] }, async () => ({ append: [], finished: 0 }))
    await expect(late.done).rejects.toMatchObject(unreachable)
    await kafka.nodes[0]?.start()
    await untilWritten(log, 'after')
    await consumer.all
  })

  it('whose certificate or password is another one now: writing, reading and consuming say which', async () => {
    const security = { protocol: 'SASL_SSL', users: { clerk: sasl.password } } as const
    await using kafka = await startKafka({ security })
    const { brokers, certificates } = kafka
    if (!certificates) throw new TypeError('no certificates')
    await using log = await openLetters({ brokers, tls: { ca: certificates.ca }, sasl })
    await log.append([letter('before')])
    const [node] = kafka.nodes
    const sound = `${certificates.trusted}.sound`
    await copyFile(certificates.trusted, sound)
    await copyFile(certificates.expired, certificates.trusted)
    await node?.stop()
    await node?.start()
    const expired = { code: 'PRV_KAFKA_CERTIFICATE', details: { fault: expect.stringContaining('has expired') } }
    await expect(log.append([letter('never')])).rejects.toMatchObject(expired)
    await expect(log.read({ topic: 'letters', partition: 0, from: 0 })).rejects.toMatchObject(expired)
    await expect(consumed(log, ['before']).all).rejects.toMatchObject(expired)
    await copyFile(sound, certificates.trusted)
    await changePassword(kafka, 'another-password')
    await node?.stop()
    await node?.start()
    const refused = { code: 'PRV_KAFKA_LOGIN', details: { brokers, fault: '58: user or password is wrong' } }
    await expect(log.append([letter('never')])).rejects.toMatchObject(refused)
    await expect(consumed(log, ['before']).all).rejects.toMatchObject(refused)
    await changePassword(kafka, sasl.password)
    await untilWritten(log, 'after')
    await consumed(log, ['before', 'after']).all
  })

  it('that have no such topic, or no longer: whoever writes, reads or consumes is told which', async () => {
    await using kafka = await startKafka()
    await using log = await openLetters({ brokers: kafka.brokers })
    const unknown = (topic: string) => ({ code: 'PRV_LOG_TOPIC_UNKNOWN', details: { topic } })
    await expect(log.append([{ ...letter('one'), topic: 'posters' }])).rejects.toMatchObject(unknown('posters'))
    await expect(log.read({ topic: 'posters', partition: 0, from: 0 })).rejects.toMatchObject(unknown('posters'))
    const consumer = log.consume({ group: 'g', topics: ['posters'] }, async () => ({ append: [], finished: 0 }))
    await expect(consumer.done).rejects.toMatchObject(unknown('posters'))
    await log.append([letter('one')])
    await administer({ brokers: kafka.brokers }, (admin) => admin.deleteTopics({ topics: ['letters'] }))
    await expect(log.append([letter('two')])).rejects.toMatchObject(unknown('letters'))
    await log.createTopic({ name: 'letters' })
    await untilWritten(log, 'three')
  })

  it('that take no record of the size: it is not written, and a smaller one is', async () => {
    await using kafka = await startKafka()
    const { brokers } = kafka
    await using log = await openLetters({ brokers })
    const configs = [{ name: 'max.message.bytes', value: '1000', configOperation: set }] as const
    await administer({ brokers }, (admin) =>
      admin.incrementalAlterConfigs({
        resources: [{ resourceType: topicResource, resourceName: 'letters', configs: [...configs] }],
      }),
    )
    const tooLarge = { code: 'PRV_KAFKA_RECORD_TOO_LARGE', details: { brokers, topic: 'letters' } }
    await expect(log.append([letter('x'.repeat(5000))])).rejects.toMatchObject(tooLarge)
    await log.append([letter('small')])
    await consumed(log, ['small']).all
  })

  it('whose disk is full: nothing is written, and all goes on when there is space again', async () => {
    await using kafka = await startKafka({ properties: { 'log.index.size.max.bytes': 4096 } })
    const { brokers } = kafka
    const [node] = kafka.nodes
    await using log = await openLetters({ brokers })
    await log.append([letter('before')])
    node?.limitFileSize(20_000)
    const full = { code: 'PRV_KAFKA_DISK', details: { brokers, topic: 'letters' } }
    await expect(log.append([letter('x'.repeat(100_000))])).rejects.toMatchObject(full)
    await node?.start()
    await untilWritten(log, 'after')
    await consumed(log, ['before', 'after']).all
  })

  it('of which two of three are killed: nothing is written by too few, and all goes on when they are back', async () => {
    await using kafka = await startKafka({ brokers: 3 })
    const { brokers } = kafka
    await using log = await openLetters({ brokers })
    await log.append([letter('before')])
    await Promise.all(kafka.nodes.slice(1).map((node) => node.kill()))
    const tooFew = {
      code: 'PRV_KAFKA_TOO_FEW_REPLICAS',
      details: { brokers, topic: 'letters', fault: '1 in step, 2 needed' },
    }
    await expect(log.append([letter('never')])).rejects.toMatchObject(tooFew)
    await Promise.all(kafka.nodes.map((node) => node.start()))
    await untilWritten(log, 'after')
    await consumed(log, ['before', 'after']).all
  })
})

async function openLetters(connection: Parameters<typeof openKafkaLog>[0]): Promise<Log> {
  const log = await openKafkaLog(connection)
  await log.createTopic({ name: 'letters' })
  return log
}

function letter(text: string) {
  return { topic: 'letters', key: null, value: Buffer.from(text), headers: [] }
}

/** Again and again, as a sender does, and once in the end. */
async function untilWritten(log: Log, text: string): Promise<void> {
  for (;;) {
    try {
      await log.append([letter(text)])
      return
    } catch (error) {
      if (!(error instanceof Error) || !('failureClass' in error)) throw error
    }
  }
}

/** Resolves when exactly these have come; rejects with what ends the consumer before. */
function consumed(log: Log, wanted: readonly string[]) {
  const [first, all] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const seen: string[] = []
  const group = `g-${crypto.randomUUID()}`
  const consumer = log.consume({ group, topics: ['letters'] }, async ({ records }) => {
    seen.push(...records.map(({ value }) => Buffer.from(value ?? []).toString()))
    first.resolve()
    if (seen.length >= wanted.length) all.resolve()
    return { append: [], finished: records.length }
  })
  consumer.done.catch(all.reject)
  const done = all.promise.then(() => consumer.stop()).then(() => expect(seen).toEqual(wanted))
  return { group, first: first.promise, all: done }
}

async function changePassword(kafka: KafkaCluster, password: string): Promise<void> {
  const words = [
    '--bootstrap-server',
    kafka.adminBrokers,
    '--alter',
    '--entity-type',
    'users',
    '--entity-name',
    'clerk',
  ]
  const scram = `SCRAM-SHA-256=[password=${password}]`
  await runTool('kafka.admin.ConfigCommand', [...words, '--add-config', scram])
}
