import type { CatalogueEntry } from '../entry.ts'

/** Spans on their way to a collector, and metrics. */
export const telemetryErrors = {
  PRV_TELEMETRY_EXPORT: {
    failureClass: 'target-down',
    status: 503,
    text: 'The collector at {otlpUrl} does not take spans: those that are not sent by now are lost. Messages go on.',
    remedy: 'See that it runs and takes OTLP over HTTP there, or take telemetry.otlpUrl out of broker.yaml.',
  },
} as const satisfies Record<string, CatalogueEntry>
