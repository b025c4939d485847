import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { LinkedSampler } from './linked-sampler.ts'
import { otelTracing } from './otel-tracing.ts'
import { TellingExporter } from './telling-exporter.ts'
import type { Tracing } from './tracing.ts'

export interface ExportOptions {
  /** OTLP/HTTP: where the collector is, without `/v1/traces`. */
  readonly otlpUrl: string
  /** Of the traces that begin here, how many are recorded: 0 to 1. Those of a caller go by what the caller says. */
  readonly sampleRatio: number
  readonly serviceName: string
  readonly serviceVersion: string
  /** Spans were lost. */
  readonly onLost: () => void
  /** Spans have arrived. */
  readonly onArrived: () => void
}

export interface SpanExport {
  readonly tracing: Tracing
  /** Sends what is left, for three seconds at most. Never rejects. Idempotent. */
  stop(): Promise<void>
}

const exportWithinMs = 3000
const everyMs = 2000

/** Starts OpenTelemetry's SDK, for this process's own spans alone: nothing global is set, nothing is patched. */
export function exportSpans(options: ExportOptions): SpanExport {
  const { otlpUrl, sampleRatio, serviceName, serviceVersion } = options
  const url = `${otlpUrl.replace(/\/+$/, '')}/v1/traces`
  const sender = new OTLPTraceExporter({ url, timeoutMillis: exportWithinMs })
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': serviceName, 'service.version': serviceVersion }),
    ),
    sampler: new ParentBasedSampler({ root: new LinkedSampler(new TraceIdRatioBasedSampler(sampleRatio)) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new TellingExporter(sender, options),
        scheduledDelayMillis: everyMs,
        exportTimeoutMillis: exportWithinMs,
      }),
    ],
  })
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= within(exportWithinMs, provider.shutdown())
    return stopping
  }
  return { tracing: otelTracing(provider.getTracer('portreeve', serviceVersion)), stop }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  const over = Promise.withResolvers<void>()
  const timer = setTimeout(over.resolve, ms)
  await Promise.race([work.catch(() => undefined), over.promise])
  clearTimeout(timer)
}
