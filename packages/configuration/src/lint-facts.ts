import type { QualityConfiguration } from './configuration.ts'
import { facts } from './facts.ts'
import { fieldsIn } from './fields-in-condition.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import type { Located } from './process-file.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

/** Facts that there are not, and facts that nobody is asked for: a rule on them would never hold. */
export function lintFacts({ value: { ask, rules }, source }: Located<QualityConfiguration>): readonly LintProblem[] {
  return rules.flatMap(({ when }, index) =>
    fieldsIn(when, ['rules', index, 'when']).flatMap(({ field, path }) => {
      if (!field.startsWith('facts.')) return []
      const question = facts[field]
      if (question === undefined) return [unknownFact(field, source, path)]
      return question === null || ask[question] !== undefined ? [] : [notAsked(field, question, source, path)]
    }),
  )
}

function unknownFact(field: string, source: YamlSource, path: YamlPath): LintProblem {
  return lintError('unknown-fact', source.placeOf(path), {
    sentence: `There is no fact "${field}".`,
    remedy: `Use one of: ${Object.keys(facts).join(', ')}.`,
  })
}

function notAsked(field: string, question: string, source: YamlSource, path: YamlPath): LintProblem {
  return lintError('unknown-fact', source.placeOf(path), {
    sentence: `Nobody is asked for "${field}", so this rule never holds.`,
    remedy: `Name under ask.${question} an adapter that answers requests.`,
  })
}
