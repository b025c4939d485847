import { newTraceParent, readTraceParent, writeTraceParent } from './trace-parent.ts'
import type { Span, Tracing } from './tracing.ts'

/** Records nothing; what comes with a trace keeps it. */
export const noTracing: Tracing = {
  start: (_name, _about, { follows } = {}) => unrecordedSpan(follows),
}

/** Carries on what it follows from. */
export function unrecordedSpan(follows: readonly (string | undefined)[] = []): Span {
  return new UnrecordedSpan(follows)
}

class UnrecordedSpan implements Span {
  readonly isRecorded = false
  readonly #follows: readonly (string | undefined)[]
  #traceParent: string | undefined

  constructor(follows: readonly (string | undefined)[]) {
    this.#follows = follows
  }

  get traceParent(): string {
    this.#traceParent ??= carriedOn(this.#follows) ?? newTraceParent()
    return this.#traceParent
  }

  set(): void {}

  fail(): void {}

  end(): void {}
}

function carriedOn(follows: readonly (string | undefined)[]): string | undefined {
  for (const text of follows) {
    const parent = readTraceParent(text)
    if (parent) return writeTraceParent(parent)
  }
  return undefined
}
