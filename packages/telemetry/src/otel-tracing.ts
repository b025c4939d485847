import {
  type Context,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { unrecordedSpan } from './no-tracing.ts'
import { exported, type SpanAttributes } from './span-attributes.ts'
import { type SpanKindName, spanNames } from './span-names.ts'
import { readTraceParent, type TraceParent, writeTraceParent } from './trace-parent.ts'
import type { Span, SpanStart, Tracing } from './tracing.ts'

/** OpenTelemetry's own default for the links of a span. */
const maxLinks = 128

const kinds: Readonly<Record<SpanKindName, SpanKind>> = {
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
}

/** Spans of a tracer of OpenTelemetry. Only whoever begins a trace is asked whether it is recorded; the rest goes by that. */
export function otelTracing(tracer: Tracer): Tracing {
  return {
    start(name, about, { follows = [], attributes = {} }: SpanStart = {}) {
      const came = sourcesOf(follows)
      const recorded = came.filter(({ isSampled }) => isSampled)
      if (came.length > 0 && recorded.length === 0) return unrecordedSpan(follows)
      const [parent, ...others] = recorded
      const isOneTrace = recorded.every(({ traceId }) => traceId === parent?.traceId)
      const linked = (isOneTrace ? others : recorded).slice(0, maxLinks)
      const span = tracer.startSpan(
        `${name} ${about}`,
        {
          kind: kinds[spanNames[name].kind],
          attributes: { ...(spanNames[name].kind !== 'server' && messagingSystem), ...exported(attributes) },
          links: linked.map((source) => ({ context: contextOf(source) })),
        },
        parent && isOneTrace ? within(parent) : ROOT_CONTEXT,
      )
      return new RecordedSpan(span)
    },
  }
}

const messagingSystem = { 'messaging.system': 'portreeve' }

class RecordedSpan implements Span {
  readonly #span: OtelSpan
  readonly traceParent: string
  readonly isRecorded: boolean

  constructor(span: OtelSpan) {
    this.#span = span
    this.isRecorded = span.isRecording()
    const { traceId, spanId, traceFlags } = span.spanContext()
    this.traceParent = writeTraceParent({ traceId, spanId, isSampled: (traceFlags & TraceFlags.SAMPLED) !== 0 })
  }

  set(attributes: SpanAttributes): void {
    this.#span.setAttributes(exported(attributes))
  }

  fail(code: string): void {
    this.#span.setAttributes(exported({ code }))
    this.#span.setStatus({ code: SpanStatusCode.ERROR })
  }

  end(): void {
    this.#span.end()
  }
}

/** Each once, in their order. */
function sourcesOf(follows: readonly (string | undefined)[]): readonly TraceParent[] {
  const texts = follows.length > 1 ? new Set(follows) : follows
  return [...texts].flatMap((text) => readTraceParent(text) ?? [])
}

function contextOf({ traceId, spanId, isSampled }: TraceParent): SpanContext {
  return { traceId, spanId, traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true }
}

function within(parent: TraceParent): Context {
  return trace.setSpanContext(ROOT_CONTEXT, contextOf(parent))
}
