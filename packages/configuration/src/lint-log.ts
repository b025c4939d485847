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

/** What is declared of topics and an embedded log cannot do. */
export function lintTopicsOfLog(
  { engine }: NonNullable<BrokerFile['log']>,
  topics: BrokerFile['topics'],
  source: YamlSource,
): readonly LintProblem[] {
  if (engine === 'kafka') return []
  return Object.entries(topics ?? {}).flatMap(([topic, { compaction = false, replication = 1 }]) => [
    ...(compaction
      ? [
          lintError('bad-value', source.placeOf(['topics', topic, 'compaction']), {
            sentence: `${topic} is to be compacted, which the embedded log does not do.`,
            remedy: 'Take compaction out, or keep the log on Kafka: log.engine.',
          }),
        ]
      : []),
    ...(replication > 1
      ? [
          lintWarning('one-copy', source.placeOf(['topics', topic, 'replication']), {
            sentence: `${topic} is to have ${replication} copies, but the embedded log has one.`,
            remedy: 'Take replication out, or keep the log on Kafka: log.engine.',
          }),
        ]
      : []),
  ])
}

function staysHere(host: string): boolean {
  return host === 'localhost' || isLoopback(host)
}
