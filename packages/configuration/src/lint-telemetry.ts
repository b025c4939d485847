import { isLoopback } from '@portreeve/formats'
import { type LintProblem, lintError, lintWarning } from './lint-problem.ts'
import type { BrokerFile } from './schema.ts'
import { placeOf } from './telemetry-schema.ts'
import type { YamlSource } from './yaml-source.ts'

/** What others could read, or where nothing can listen. Neither spans nor metrics have personal data, but references and labels. */
export function lintTelemetry(telemetry: BrokerFile['telemetry'], source: YamlSource): readonly LintProblem[] {
  if (!telemetry) return []
  return [...exporting(telemetry.otlpUrl, source), ...listening(telemetry.metricsListen, source)]
}

function exporting(otlpUrl: string | undefined, source: YamlSource): readonly LintProblem[] {
  if (otlpUrl === undefined || !otlpUrl.startsWith('http:') || isLoopback(hostOf(otlpUrl))) return []
  return [
    lintWarning('open-telemetry', source.placeOf(['telemetry', 'otlpUrl']), {
      sentence: 'Spans go to another machine without encryption: references and labels could be read on the way.',
      remedy: 'Use https://, or a collector on this machine that passes them on.',
    }),
  ]
}

function listening(metricsListen: string | undefined, source: YamlSource): readonly LintProblem[] {
  if (metricsListen === undefined) return []
  const { listen, port } = placeOf(metricsListen)
  const place = source.placeOf(['telemetry', 'metricsListen'])
  if (port > 65_535) {
    const sentence = `There is no TCP port ${port}.`
    return [lintError('bad-value', place, { sentence, remedy: 'Use one up to 65535.' })]
  }
  if (isLoopback(listen)) return []
  return [
    lintWarning('open-telemetry', place, {
      sentence: `Whoever reaches ${listen} may read the metrics: which systems there are, and how they are.`,
      remedy: 'Listen at 127.0.0.1, or let only the machine of Prometheus through to it.',
    }),
  ]
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : ''
}
