import { afterEach } from 'vitest'
import { type BoroughOptions, TestBorough } from './borough.ts'
import { proveBorough } from './prove-borough.ts'

/**
 * Boroughs for the tests of a file. After each test, every borough that it started is stopped, and what must always hold
 * is proved of it.
 */
export function boroughs(): { start(options?: BoroughOptions): Promise<TestBorough> } {
  const started: TestBorough[] = []
  afterEach(async ({ task }) => {
    const all = started.splice(0)
    try {
      if (task.result?.state === 'fail') return
      for (const borough of all) if (borough.provable) await proveBorough(borough)
    } finally {
      for (const borough of all) await borough.remove()
    }
  }, 60_000)
  return {
    async start(options) {
      const borough = await TestBorough.start(options)
      started.push(borough)
      return borough
    },
  }
}
