import type { Configuration, TopicConfiguration } from '@portreeve/configuration'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { expect, it } from 'vitest'
import { ReferenceNumbers, referenceTopic } from './reference-numbers.ts'
import { replayTopic } from './replay/replay-topic.ts'
import { deliveryTopic, invalidMessageTopic, topicsOf } from './topics.ts'

const place = { file: 'broker.yaml', line: 1, column: 1 }
const batch = { maxMessages: 1, maxWaitSeconds: 0 }

const configuration = (topics: Readonly<Record<string, TopicConfiguration>>): Omit<Configuration, 'record'> => ({
  folder: '/config',
  authority: { code: 'X99000001', name: 'Borough of Sallowmere' },
  dataFolder: '/data',
  diskAlarmMegabytes: 0,
  log: { engine: 'sqlite' },
  adapters: [
    { label: 'revenues', adapter: 'revenues', config: {}, place },
    { label: 'voa', adapter: 'valuebill', config: {}, place },
  ],
  processes: [],
  quality: [],
  mappings: [],
  routes: [
    { kind: 'split', name: 'split', from: ['valuation.submission.received'], split: 'voa', place },
    {
      kind: 'delivery',
      name: 'deliver',
      from: ['valuation.report.proposed'],
      when: undefined,
      branches: [{ when: undefined, to: ['voa'] }],
      batch,
      limits: {},
      place,
    },
  ],
  topics: new Map(Object.entries(topics)),
  retired: [],
})

it('every type that comes onto the log has a topic, kept as the configuration says', () => {
  const topics = {
    'valuation.report.proposed': { partitions: 3, retentionDays: 2, retentionMegabytes: 5 },
    'valuation.report.refused': { compaction: true, replication: 3 },
  }
  expect(topicsOf(configuration(topics))).toEqual([
    { name: 'operations.receiver.paused', partitions: 1 },
    { name: deliveryTopic },
    { name: invalidMessageTopic },
    { name: referenceTopic },
    { name: replayTopic },
    { name: 'valuation.report.proposed', partitions: 3, retentionMs: 172_800_000, retentionBytes: 5_242_880 },
    { name: 'valuation.report.refused', partitions: 1, compaction: true, replication: 3 },
    { name: 'valuation.submission.received', partitions: 1 },
    { name: 'valuation.submission.refused', partitions: 1 },
    { name: 'valuation.submission.split', partitions: 1 },
  ])
})

it("the broker's own topics are kept as it needs them, whatever the configuration says", () => {
  const wanted = { partitions: 2, retentionDays: 1 }
  const own = [deliveryTopic, invalidMessageTopic, referenceTopic]
  const topics = Object.fromEntries(own.map((topic) => [topic, wanted]))
  expect(topicsOf(configuration(topics)).slice(1, 4)).toEqual(own.map((name) => ({ name })))
})

it('a reference is given once, even on a topic that an earlier version made with two partitions', async () => {
  const log = await openSqliteLog({ folder: ':memory:' })
  await log.createTopic({ name: referenceTopic, partitions: 2 })
  const taken = new Set<string>()
  for (let broker = 0; broker < 4; broker += 1) {
    for (const reference of await new ReferenceNumbers(log).take(2)) taken.add(reference)
  }
  await log.close()
  expect(taken.size).toBe(8)
})
