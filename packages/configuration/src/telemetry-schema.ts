import Type, { type Static } from 'typebox'
import type { TelemetryConfiguration } from './configuration.ts'

const telemetryDefaults = { sampleRatio: 0.05, serviceName: 'portreeve', metricsListen: '127.0.0.1' } as const

const address = '([0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+\\]):'

export const Telemetry = Type.Object(
  {
    otlpUrl: Type.Optional(
      Type.String({
        pattern: '^https?://[^\\s?#@]+$',
        description:
          'Collector that spans are sent to by OTLP/HTTP, such as http://127.0.0.1:4318; /v1/traces is added. Absent: no span leaves.',
      }),
    ),
    sampleRatio: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: telemetryDefaults.sampleRatio,
        description: 'How many of the traces that begin here are recorded: 1 is all of them, 0 none.',
      }),
    ),
    serviceName: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$',
        default: telemetryDefaults.serviceName,
        description: 'Name of this broker among others at the collector.',
      }),
    ),
    metricsListen: Type.Optional(
      Type.String({
        pattern: `^(${address})?[0-9]{1,5}$`,
        description: `Port, or address and port such as 127.0.0.1:9464, where Prometheus finds /metrics; without an address ${telemetryDefaults.metricsListen}. Absent: at the door, where there is one.`,
      }),
    ),
  },
  { additionalProperties: false, description: 'What others may observe. Absent: no span leaves.' },
)

/** With defaults, and the place of the metrics taken apart. */
export function telemetryOf({ metricsListen, ...said }: Static<typeof Telemetry>): TelemetryConfiguration {
  const { sampleRatio, serviceName } = telemetryDefaults
  return {
    sampleRatio,
    serviceName,
    ...said,
    ...(metricsListen !== undefined && { metricsListen: placeOf(metricsListen) }),
  }
}

export function placeOf(text: string): { readonly listen: string; readonly port: number } {
  const colon = text.lastIndexOf(':')
  const listen = colon < 0 ? telemetryDefaults.metricsListen : text.slice(0, colon).replace(/^\[|\]$/g, '')
  return { listen, port: Number(text.slice(colon + 1)) }
}
