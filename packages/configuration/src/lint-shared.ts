import { type LintProblem, lintError } from './lint-problem.ts'
import type { BrokerFile } from './schema.ts'
import type { YamlSource } from './yaml-source.ts'

/** A folder for several brokers where the log can have one alone: its backup would lack what lies there. */
export function lintShared(
  { sharedFolder, log }: Pick<BrokerFile, 'sharedFolder' | 'log'>,
  source: YamlSource,
): readonly LintProblem[] {
  if (sharedFolder === undefined || log?.engine === 'kafka') return []
  return [
    lintError('bad-value', source.placeOf(['sharedFolder']), {
      sentence: 'sharedFolder is for several brokers on one log, but the embedded log belongs to one broker.',
      remedy: 'Take it out, or let the log be on Kafka: log: { engine: kafka, … }.',
    }),
  ]
}
