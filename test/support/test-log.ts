import { basename } from 'node:path'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Brokers that the journeys' tests share, where they run on Kafka. */
    readonly sharedBrokers: string
  }
}

/** `log` of `broker.yaml`. */
export type TestLog =
  | { readonly engine: 'sqlite' }
  | { readonly engine: 'kafka'; readonly brokers: string; readonly prefix: string }

/** Whether this run of a test has its topics on Kafka; `vitest.config.ts` says which tests run on both engines. */
export const isOnKafka = process.env.PORTREEVE_TEST_LOG === 'kafka'

/** The log of the test that has this folder, the same each time; on Kafka its names on the brokers are its own. */
export function testLog(folder: string): TestLog {
  if (!isOnKafka) return { engine: 'sqlite' }
  return { engine: 'kafka', brokers: inject('sharedBrokers'), prefix: `${basename(folder)}.` }
}
