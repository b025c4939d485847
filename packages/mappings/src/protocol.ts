import type { Script, ScriptFault } from './script.ts'

/** How much a script may take of the machine for one message. */
export interface ScriptLimits {
  /** Milliseconds until an evaluation is ended. One that does not listen dies with its thread, as long again later. */
  readonly timeMs: number
  /** Of the thread's heap, and of libxslt's memory. */
  readonly memoryMegabytes: number
  readonly outputBytes: number
  /** How deep JSONata functions may call each other. XSLT has libxslt's own limit of 3000 templates. */
  readonly callDepth: number
  /** How many items a sequence may have in JSONata. */
  readonly sequenceItems: number
}

export const defaultScriptLimits: ScriptLimits = {
  timeMs: 5000,
  memoryMegabytes: 128,
  outputBytes: 4 * 1024 * 1024,
  callDepth: 10_000,
  sequenceItems: 100_000,
}

/** What the thread is asked. A script is compiled before it is run, once in the life of a thread. */
export type Request =
  | { readonly kind: 'compile'; readonly key: string; readonly script: Script }
  | { readonly kind: 'run'; readonly key: string; readonly input: Uint8Array }

/** `over`: a limit was met, in words. `broken`: the thread must not be used any more. */
export type Answer =
  | { readonly output: Uint8Array | null }
  | { readonly fault: ScriptFault; readonly broken?: boolean }
  | { readonly over: string; readonly broken?: boolean }

/** A script that is ready: bytes in, bytes out. Throws `ScriptStopped` or `LimitMet`. */
export type Run = (input: Uint8Array) => Promise<Uint8Array>

export class ScriptStopped extends Error {
  readonly fault: ScriptFault
  /** What the engine holds may be damaged. */
  readonly broken: boolean

  constructor(fault: ScriptFault, { broken = false } = {}) {
    super(fault.sentence)
    this.fault = fault
    this.broken = broken
  }
}

export class LimitMet extends Error {
  readonly broken: boolean

  /** @param what in words that follow "it went over a limit:" */
  constructor(what: string, { broken = false } = {}) {
    super(what)
    this.broken = broken
  }
}
