import { describe, expect, it } from 'vitest'
import type { LogCapabilities } from '../capabilities.ts'
import type { LogHarness } from './log-harness.ts'
import { type LogPromise, promiseFor } from './log-promise.ts'
import { promises } from './promises.ts'
import { Subject } from './subject.ts'

/**
 * Registers every promise of the log port as a test of one configuration of an engine.
 *
 * @param title such as `sqlite, file`
 */
export function logContract(title: string, capabilities: LogCapabilities, harness: LogHarness): void {
  describe(`the log (${title})`, () => {
    it('was given what its capabilities need to be tried', () => {
      expect(harness.diskBytes !== undefined || !capabilities.reclaimsDisk).toBe(true)
      expect(harness.openBeside !== undefined || !capabilities.sharedByProcesses).toBe(true)
    })
    for (const each of promises) {
      const promise = promiseFor(each, capabilities)
      it(promise.title, () => examine(promise, capabilities, harness))
    }
  })
}

/** Runs one promise on a log of its own; rejects when the engine does not keep it. */
export async function examine(promise: LogPromise, capabilities: LogCapabilities, harness: LogHarness): Promise<void> {
  await using subject = await Subject.open(capabilities, harness)
  await promise.run(subject)
}
