import type { LogCapabilities } from '../capabilities.ts'
import type { Subject } from './subject.ts'

/** One sentence that an engine keeps, and the proof: `run` rejects when it does not. */
export interface LogPromise {
  readonly title: string
  readonly run: (subject: Subject) => Promise<void>
}

type Flag = {
  [Name in keyof LogCapabilities]: LogCapabilities[Name] extends boolean ? Name : never
}[keyof LogCapabilities]

/** A promise and its opposite: which one is to be kept, the engine's capabilities say. */
export interface FlaggedPromise {
  readonly flag: Flag
  readonly whenTrue: LogPromise
  readonly whenFalse: LogPromise
}

/** The promise that holds for an engine with these capabilities. */
export function promiseFor(promise: LogPromise | FlaggedPromise, capabilities: LogCapabilities): LogPromise {
  if (!('flag' in promise)) return promise
  return capabilities[promise.flag] ? promise.whenTrue : promise.whenFalse
}
