import type { Log } from '@portreeve/log'
import { COPY, PASSING, SOURCE } from './workload-record.ts'

export async function createTopics(log: Log): Promise<void> {
  await log.createTopic({ name: SOURCE, partitions: 3 })
  await log.createTopic({ name: COPY, partitions: 4 })
  await log.createTopic({ name: PASSING, partitions: 2, retentionBytes: 100_000 })
}
