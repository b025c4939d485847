import { expect, it } from 'vitest'
import { goodBroker, goodDelivery, lint } from './testing/lint-example.ts'

const routes = (maxWaitSeconds: number) => ({
  'routes/deliver.yaml': `${goodDelivery}batch: { maxMessages: 10000, maxWaitSeconds: ${maxWaitSeconds} }\n`,
})
const topics = (partitions: number) => ({
  'broker.yaml': `${goodBroker}topics:\n  valuation.report.proposed:\n    partitions: ${partitions}\n`,
})

it('tells a file a day that is a file for each partition, at the wait', async () => {
  const found = await lint({ ...topics(3), ...routes(86_400) })
  expect(found).toEqual([
    expect.stringMatching(
      /^routes\/deliver\.yaml:\d+:\d+ warning batch-per-partition: valuation\.report\.proposed has 3 partitions, and each makes a batch of its own/,
    ),
  ])
})

it('says nothing of one partition, nor of a short wait', async () => {
  expect(await lint(routes(86_400))).toEqual([])
  expect(await lint({ ...topics(3), ...routes(5) })).toEqual([])
})
