import type { TestProject } from 'vitest/node'
import { type AnyBroker, anyBroker } from './kafka.ts'

/** Set up once for all tests of the journeys that run on Kafka. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kafka: AnyBroker = await anyBroker()
  project.provide('sharedBrokers', kafka.brokers)
  return () => kafka.close()
}
