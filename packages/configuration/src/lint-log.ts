import { isLoopback } from '@portreeve/formats'
import { type LintProblem, lintError, lintWarning } from './lint-problem.ts'
import type { BrokerFile } from './schema.ts'
import type { YamlSource } from './yaml-source.ts'

/** A log on Kafka without brokers, or with brokers that personal data would go to in clear. */
export function lintLog(log: BrokerFile['log'], source: YamlSource): readonly LintProblem[] {
  if (log?.engine !== 'kafka') return []
  if (log.brokers === undefined) {
    return [
      lintError('missing', source.placeOf(['log'], 'key'), {
        sentence: 'log.brokers is missing: kafka needs to know where the brokers are.',
        remedy: 'Write host:port of one broker or more, divided by commas.',
      }),
    ]
  }
  const away = log.brokers.split(',').filter((broker) => !staysHere(broker.replace(/:\d+$/, '')))
  if (away.length === 0) return []
  return [
    lintWarning('open-log', source.placeOf(['log', 'brokers']), {
      sentence: `Messages go to ${away.join(' and ')} without encryption: personal data could be read on the way.`,
      remedy: 'Reach the brokers through an encrypted tunnel that ends at 127.0.0.1.',
    }),
  ]
}

function staysHere(host: string): boolean {
  return host === 'localhost' || isLoopback(host)
}
