import type { AdapterDeclaration, Capabilities } from '../declaration.ts'
import type { Subject } from './subject.ts'

/** One sentence that an adapter keeps, and the proof: `run` rejects when it does not. */
export interface AdapterPromise {
  readonly title: string
  readonly run: (subject: Subject) => Promise<void>
}

/** A promise and its opposite: which one is to be kept, the declaration says. */
export interface FlaggedPromise {
  readonly flag: keyof Capabilities
  readonly whenTrue: AdapterPromise | null
  readonly whenFalse: AdapterPromise | null
}

/** The promise that an adapter with this declaration has given; `null`: none on this subject. */
export function promiseFor(
  promise: AdapterPromise | FlaggedPromise,
  { capabilities }: Pick<AdapterDeclaration, 'capabilities'>,
): AdapterPromise | null {
  if (!('flag' in promise)) return promise
  return capabilities[promise.flag] ? promise.whenTrue : promise.whenFalse
}
