import { describe, it } from 'vitest'
import type { AdapterDeclaration } from '../declaration.ts'
import { type AdapterPromise, promiseFor } from './adapter-promise.ts'
import { promises } from './promises.ts'
import type { AdapterHarness } from './stand-in.ts'
import { Subject } from './subject.ts'

/** Registers every promise that the adapter's declaration gives as a test against its stand-in system. */
export function adapterContract(declaration: AdapterDeclaration, harness: AdapterHarness): void {
  describe(`the adapter ${declaration.name}`, () => {
    for (const each of promises) {
      const promise = promiseFor(each, declaration)
      if (promise) it(promise.title, () => examine(promise, declaration, harness))
    }
  })
}

/** Runs one promise at a stand-in of its own; rejects when the adapter does not keep it. */
export async function examine(
  promise: AdapterPromise,
  declaration: AdapterDeclaration,
  harness: AdapterHarness,
): Promise<void> {
  await using subject = new Subject(declaration, await harness.start(), harness.patienceMs)
  await promise.run(subject)
  subject.raised.expectDeclared()
}
