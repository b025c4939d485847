import { logContract } from '@portreeve/log/contract'
import { afterAll, beforeAll, describe } from 'vitest'
import { type KafkaCluster, startKafka } from '../../../test/support/kafka.ts'
import { withoutKafka } from '../../../test/support/without-kafka.ts'
import { capabilities } from './capabilities.ts'
import { clusterHarness } from './harness.ts'

for (const brokers of [1, 3] as const) {
  describe.skipIf(withoutKafka() !== '')(`Apache Kafka${withoutKafka()}`, () => {
    let cluster: KafkaCluster | undefined
    beforeAll(async () => {
      cluster = await startKafka({ brokers })
    })
    afterAll(() => cluster?.close())

    for (const assignment of ['cooperative-sticky', 'range'] as const) {
      const harness = clusterHarness(() => ({ brokers: cluster?.brokers ?? '', assignment }))
      logContract(`kafka, transactions, ${assignment}, brokers: ${brokers}`, capabilities, harness)
    }
  })
}
