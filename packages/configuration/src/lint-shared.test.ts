import { expect, it } from 'vitest'
import { goodBroker, lint } from './testing/lint-example.ts'

it('takes a folder that brokers share only where several can share the log', async () => {
  const shared = `${goodBroker}sharedFolder: shared\n`
  expect(await lint({ 'broker.yaml': `${shared}log: { engine: kafka, brokers: "127.0.0.1:9092" }\n` })).toEqual([])
  expect(await lint({ 'broker.yaml': shared })).toEqual([
    'broker.yaml:13:15 bad-value: sharedFolder is for several brokers on one log, but the embedded log belongs to one broker. | Take it out, or let the log be on Kafka: log: { engine: kafka, … }.',
  ])
})
