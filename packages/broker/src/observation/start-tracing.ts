import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { noTracing, type Tracing } from '@portreeve/telemetry'
import manifest from '../../package.json' with { type: 'json' }
import type { BrokerEvents } from '../events.ts'

/** What fails when spans do not arrive. */
const part = 'telemetry'

/** Exports spans where a collector is configured; else OpenTelemetry's SDK is not even loaded. */
export async function startTracing(
  { telemetry }: Pick<Configuration, 'telemetry'>,
  events: Pick<BrokerEvents, 'failed' | 'recovered'>,
): Promise<{ readonly tracing: Tracing } & AsyncDisposable> {
  if (telemetry?.otlpUrl === undefined) return { tracing: noTracing, [Symbol.asyncDispose]: async () => undefined }
  const { otlpUrl, sampleRatio, serviceName } = telemetry
  const { exportSpans } = await import('@portreeve/telemetry/export-spans')
  const { tracing, stop } = exportSpans({
    otlpUrl,
    sampleRatio,
    serviceName,
    serviceVersion: manifest.version,
    onLost: () => events.failed(part, new PortreeveError('PRV_TELEMETRY_EXPORT', { otlpUrl })),
    onArrived: () => events.recovered(part),
  })
  return { tracing, [Symbol.asyncDispose]: stop }
}
