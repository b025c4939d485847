import { defineConfig } from 'vitest/config'
import { isFull } from './test/resilience/support/scale.ts'
import { onBothEngines, onBothEnginesInFull } from './test/support/both-engines.ts'
import { withoutKafka } from './test/support/without-kafka.ts'

// Where Kafka is missing, a test that says so is skipped in their place.
const onKafka = isFull ? [...onBothEngines, ...onBothEnginesInFull] : onBothEngines

export default defineConfig({
  test: {
    setupFiles: ['test/support/fixed-seed.ts'],
    // Worker threads cannot change their umask or take signals; processes can, and a crash in one stays in one.
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          include: ['packages/*/src/**/*.test.ts', 'adapters/*/src/**/*.test.ts', 'test/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'on Kafka',
          // They wait for brokers more than they work.
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
          include: withoutKafka() === '' ? onKafka : [],
          env: { PORTREEVE_TEST_LOG: 'kafka' },
          globalSetup: 'test/support/shared-brokers.ts',
        },
      },
    ],
  },
})
