import { afterEach, vi } from 'vitest'
import { isOnKafka } from '../../support/test-log.ts'
import { type BoroughOptions, TestBorough } from './borough.ts'
import { proveBorough } from './prove-borough.ts'

/**
 * Boroughs for the tests of a file. After each test, every borough that it started is stopped, and what must always hold
 * is proved of it.
 */
export function boroughs(): { start(options?: BoroughOptions): Promise<TestBorough> } {
  // Waiting for conditions has limits of its own, which say what did not come true.
  const withinMs = isOnKafka ? 300_000 : 90_000
  vi.setConfig({ testTimeout: withinMs, hookTimeout: withinMs })
  const started: TestBorough[] = []
  afterEach(async ({ task }) => {
    const all = started.splice(0)
    try {
      if (task.result?.state === 'fail') return
      for (const borough of all) if (borough.provable) await proveBorough(borough)
    } finally {
      for (const borough of all) await borough.remove()
    }
  })
  return {
    async start(options) {
      const borough = await TestBorough.start(options)
      started.push(borough)
      return borough
    },
  }
}
