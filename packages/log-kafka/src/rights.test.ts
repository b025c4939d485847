import { readFileSync } from 'node:fs'
import { type Acl, AclOperations, AclPermissionTypes, ResourcePatternTypes, ResourceTypes } from '@platformatic/kafka'
import type { Log } from '@portreeve/log'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KafkaCluster, startKafka } from '../../../test/support/kafka.ts'
import { administer } from '../../../test/support/kafka-records.ts'
import { withoutKafka } from '../../../test/support/without-kafka.ts'
import type { KafkaConnection } from './connection.ts'
import { openKafkaLog } from './open.ts'

const prefix = 'sallowmere.'
const guide = readFileSync(new URL('../../../docs/how-to/run-on-kafka.md', import.meta.url), 'utf8')
const users = { clerk: 'clerk-password', guest: 'guest-password', reader: 'reader-password', writer: 'writer-password' }
type User = keyof typeof users

describe.skipIf(withoutKafka() !== '')(`rights on a Kafka cluster${withoutKafka()}`, { timeout: 180_000 }, () => {
  let kafka: KafkaCluster | undefined
  const as = (username: User, transactionalId: string): KafkaConnection => {
    const sasl = { mechanism: 'SCRAM-SHA-256', username, password: users[username] } as const
    return { brokers: kafka?.brokers ?? '', prefix, transactionalId, sasl }
  }
  const allow = async (user: User, rights: readonly Right[]) => {
    const creations = rights.map((right) => aclOf(user, right))
    await administer({ brokers: kafka?.adminBrokers ?? '' }, (admin) => admin.createAcls({ creations }))
  }
  beforeAll(async () => {
    kafka = await startKafka({ security: { protocol: 'SASL_PLAINTEXT', users }, superUsers: [] })
  })
  afterAll(() => kafka?.close())

  it('those that the guide lists are enough for all that a log does', async () => {
    await allow('clerk', rightsInGuide())
    const connection = as('clerk', `${prefix}portreeve-one`)
    await using log = await openKafkaLog(connection)
    await log.createTopic({ name: 'letters', partitions: 2, retentionMs: 60_000, retentionBytes: 1 })
    await log.createTopic({ name: 'answers' })
    await log.append(['one', 'two'].map(recordFor('letters')))
    expect(await consumed(log)).toEqual(['one', 'two'])
    expect(await log.read({ topic: 'answers', partition: 0, from: 0 })).toMatchObject({ records: [{}, {}] })
    expect(await log.groups()).toEqual(['readers'])
    expect(await log.lag('readers', 'letters')).toBe(0)
    const [position] = await log.positions('readers')
    if (!position) throw new TypeError('no position')
    await log.seek('readers', { ...position, offset: 0 })
    expect(await log.topics()).toHaveLength(2)
    await log.enforceRetention({ groups: ['readers'], positions: [] })
    expect(await log.ranges('letters')).toHaveLength(2)
    const declared = { name: 'answers', partitions: 2 }
    const [difference] = await log.compareTopics([declared])
    if (!difference) throw new TypeError('no difference')
    await log.alignTopic(declared, difference)
    expect(await log.compareTopics([declared])).toEqual([])
  })

  it('whoever has none cannot open a log, and is told what is refused', async () => {
    const opening = openKafkaLog(as('guest', `${prefix}portreeve-guest`))
    await expect(opening).rejects.toMatchObject({
      code: 'PRV_KAFKA_NOT_ALLOWED',
      details: { what: `the topic ${prefix}portreeve.log.noted` },
    })
  })

  it('whoever may not write, consume or use the transactional id is told so when it is tried', async () => {
    await administer({ brokers: kafka?.adminBrokers ?? '' }, (admin) =>
      admin.createTopics({ topics: [`${prefix}posters`, `${prefix}portreeve.log.noted`], partitions: 1, replicas: 1 }),
    ).catch(() => undefined)
    await allow('reader', [
      { resource: 'TOPIC', name: prefix, operation: 'READ' },
      { resource: 'TRANSACTIONAL_ID', name: prefix, operation: 'WRITE' },
    ])
    await using reader = await openKafkaLog(as('reader', `${prefix}portreeve-reader`))
    const writing = reader.append([recordFor('posters')('mine')])
    await expect(writing).rejects.toMatchObject(refused(`the topic ${prefix}posters`))
    const { done } = reader.consume({ group: 'strangers', topics: ['posters'] }, async () => ({
      append: [],
      finished: 0,
    }))
    await expect(done).rejects.toMatchObject(refused(`the group ${prefix}strangers`))
    await allow('writer', [{ resource: 'TOPIC', name: prefix, operation: 'WRITE' }])
    await using writer = await openKafkaLog(as('writer', 'of-somebody-else'))
    const inVain = writer.append([recordFor('posters')('mine')])
    await expect(inVain).rejects.toMatchObject(refused('the transactional id of-somebody-else'))
    await expect(reader.append([recordFor('unheard-of')('mine')])).rejects.toMatchObject({
      code: 'PRV_LOG_TOPIC_UNKNOWN',
    })
  })
})

function refused(what: string) {
  return { code: 'PRV_KAFKA_NOT_ALLOWED', details: { what } }
}

interface Right {
  readonly resource: 'TOPIC' | 'GROUP' | 'TRANSACTIONAL_ID' | 'CLUSTER'
  readonly name: string
  readonly operation: keyof typeof AclOperations
}

/** The table under the heading "Rights": `| Topics | by prefix | Read, Write |`. */
function rightsInGuide(): readonly Right[] {
  const kinds = {
    Topics: 'TOPIC',
    Groups: 'GROUP',
    'Transactional ids': 'TRANSACTIONAL_ID',
    Cluster: 'CLUSTER',
  } as const
  return Object.entries(kinds).flatMap(([kind, resource]) => {
    const rows = [...guide.matchAll(new RegExp(`^\\| ${kind} \\| ([^|]+) \\| ([^|]+) \\|`, 'gm'))]
    return rows.flatMap(([, , operations = '']) =>
      operations.split(',').map((operation) => {
        const name = resource === 'CLUSTER' ? 'kafka-cluster' : prefix
        return { resource, name, operation: toOperation(operation.trim()) }
      }),
    )
  })
}

function toOperation(written: string): keyof typeof AclOperations {
  const name = written.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()
  const found = Object.keys(AclOperations).find((one): one is keyof typeof AclOperations => one === name)
  if (found === undefined) throw new TypeError(`there is no operation ${written}`)
  return found
}

function aclOf(user: User, { resource, name, operation }: Right): Acl {
  return {
    resourceType: ResourceTypes[resource],
    resourceName: name,
    resourcePatternType: resource === 'CLUSTER' ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
    principal: `User:${user}`,
    host: '*',
    operation: AclOperations[operation],
    permissionType: AclPermissionTypes.ALLOW,
  }
}

function recordFor(topic: string): (value: string) => Parameters<Log['append']>[0][number] {
  return (value) => ({ topic, key: null, value: Buffer.from(value), headers: [] })
}

/** Both letters, each answered in the same transaction, in order of their values. */
async function consumed(log: Log): Promise<readonly string[]> {
  const values: string[] = []
  const both = Promise.withResolvers<void>()
  const consumer = log.consume({ group: 'readers', topics: ['letters'] }, async ({ records }) => {
    values.push(...records.map(({ value }) => Buffer.from(value ?? []).toString()))
    if (values.length === 2) both.resolve()
    return { append: records.map(() => recordFor('answers')('done')), finished: records.length, metadata: 'kept' }
  })
  consumer.done.catch(both.reject)
  await both.promise
  await consumer.stop()
  return values.toSorted()
}
