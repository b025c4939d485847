import { expect, it } from 'vitest'
import { goodBroker, lint, load } from './testing/lint-example.ts'

const withLog = (log: string) => lint({ 'broker.yaml': `${goodBroker}log: ${log}\n` })

it('takes a log on Kafka, with brokers, prefix and copies', async () => {
  const log = '{ engine: kafka, brokers: "127.0.0.1:9092,localhost:9093", prefix: sallowmere., replication: 3 }'
  const { configuration, problems } = await load({ 'broker.yaml': `${goodBroker}log: ${log}\n` })
  expect(problems).toEqual([])
  expect(configuration?.log).toEqual({
    engine: 'kafka',
    brokers: '127.0.0.1:9092,localhost:9093',
    prefix: 'sallowmere.',
    replication: 3,
  })
})

it('refuses a log on Kafka without brokers, or with what is no list of them', async () => {
  expect(await withLog('{ engine: kafka }')).toEqual([
    'broker.yaml:13:1 missing: log.brokers is missing: kafka needs to know where the brokers are. | Write host:port of one broker or more, divided by commas.',
  ])
  const [problem] = await withLog('{ engine: kafka, brokers: "kafka1, kafka2" }')
  expect(problem).toMatch(/^broker\.yaml:13:\d+ bad-value: log\.brokers is not written as it should be\./)
})

it('takes compaction and copies of a topic on Kafka, and says of the embedded log what it cannot do', async () => {
  const topics = 'topics:\n  valuation.report.proposed: { compaction: true, replication: 3 }\n'
  const kafka = 'log: { engine: kafka, brokers: "127.0.0.1:9092" }\n'
  const { configuration, problems } = await load({ 'broker.yaml': `${goodBroker}${kafka}${topics}` })
  expect(problems).toEqual([])
  expect(configuration?.topics.get('valuation.report.proposed')).toEqual({ compaction: true, replication: 3 })
  expect(await lint({ 'broker.yaml': goodBroker + topics })).toEqual([
    'broker.yaml:14:44 bad-value: valuation.report.proposed is to be compacted, which the embedded log does not do. | Take compaction out, or keep the log on Kafka: log.engine.',
    expect.stringContaining('warning one-copy: valuation.report.proposed is to have 3 copies'),
  ])
})

it('warns of brokers that messages go to in clear', async () => {
  expect(await withLog('{ engine: kafka, brokers: "127.0.0.1:9092,kafka2.example:9092" }')).toEqual([
    expect.stringContaining('warning open-log: Messages go to kafka2.example:9092 without encryption'),
  ])
})
