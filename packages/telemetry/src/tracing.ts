import type { SpanAttributes } from './span-attributes.ts'
import type { SpanName } from './span-names.ts'

export interface SpanStart {
  /**
   * `traceParent` of what it follows from, most often of messages. One trace: it goes on. Several: a trace of its own with links to
   * those that are recorded. None that can be read: a new trace.
   */
  readonly follows?: readonly (string | undefined)[]
  readonly attributes?: SpanAttributes
}

/** A step that takes its time. What nobody records costs next to nothing. */
export interface Span {
  /** What messages and requests that are made within it carry. */
  readonly traceParent: string
  /** False: what it is told goes nowhere, and need not be made. */
  readonly isRecorded: boolean
  /** Adds attributes. */
  set(attributes: SpanAttributes): void
  /** It failed, for this reason. */
  fail(code: string): void
  /** Once. */
  end(): void
}

/** Makes spans: the one thing that the rooms know of OpenTelemetry. Nothing here throws. */
export interface Tracing {
  /** `about` is part of the name: words from the configuration or the catalogue of types, never from a message. */
  start(name: SpanName, about: string, start?: SpanStart): Span
}
