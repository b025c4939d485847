import { afterEach, expect, vi } from 'vitest'
import { faultsOfRecords } from './prove-borough.ts'
import { TellUsOnce, type TellUsOnceOptions } from './tell-us-once.ts'

/**
 * Second journeys for the tests of a file. After each test that went well, the offices' own records are held against what the broker
 * says, and the log's records against their schemas; then everything is stopped and removed.
 */
export function journeys(): { start(options?: TellUsOnceOptions): Promise<TellUsOnce> } {
  // Waiting for conditions has limits of its own, which say what did not come true.
  vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })
  const started: TellUsOnce[] = []
  afterEach(async ({ task }) => {
    const all = started.splice(0)
    try {
      if (task.result?.state === 'fail') return
      for (const journey of all) {
        if (!journey.runs) await journey.startBroker()
        expect(await journey.compare(), 'what is not true').toEqual([])
        await journey.stopBroker()
        const { faults, records } = await faultsOfRecords(journey)
        expect(faults, 'records that are not as their schemas say').toEqual([])
        expect(records, 'records in the log').toBeGreaterThan(0)
      }
    } finally {
      for (const journey of all) await journey[Symbol.asyncDispose]()
    }
  })
  return {
    async start(options) {
      const journey = await TellUsOnce.start(options)
      started.push(journey)
      return journey
    },
  }
}
