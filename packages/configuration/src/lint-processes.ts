import type { ProcessConfiguration, QualityConfiguration, Route } from './configuration.ts'
import { lintCondition } from './lint-branches.ts'
import { lintFacts } from './lint-facts.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import { lintReach } from './lint-reach.ts'
import type { Linting } from './lint-routes.ts'
import { lintSystems } from './lint-systems.ts'
import type { Located } from './process-file.ts'
import { declarationOf, emailRequested } from './published-types.ts'
import type { LocatedRoute } from './route-file.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

interface Processes {
  readonly processes: readonly Located<ProcessConfiguration>[]
  readonly quality: readonly Located<QualityConfiguration>[]
  readonly located: readonly LocatedRoute[]
  /** The same, without their places. */
  readonly routes: readonly Route[]
}

/** What only shows when processes, quality rules, routes and adapters are looked at together. */
export function lintProcesses(
  { processes, quality, located, routes }: Processes,
  linting: Linting,
): readonly LintProblem[] {
  return [
    ...processes.flatMap(({ value, source }) => [
      ...value.systems.flatMap(({ label }) => systemProblems(value, label, source, located, linting)),
      ...lintSystems({ value, source }, routes, linting),
      ...qualityProblems(value, source, quality),
      ...unsentEmails(value, source, routes, linting),
    ]),
    ...quality.flatMap((rules) => [...ruleProblems(rules, linting), ...lintFacts(rules)]),
  ]
}

function systemProblems(
  value: ProcessConfiguration,
  label: string,
  source: YamlSource,
  located: readonly LocatedRoute[],
  linting: Linting,
): readonly LintProblem[] {
  const place = source.placeOf(['systems', label], 'key')
  if (!linting.adapters.some((adapter) => adapter.label === label)) return [unknown(label, place, linting)]
  return linting.complete ? lintReach(value, label, source, located) : []
}

/** E-mails that no route brings anywhere. */
function unsentEmails(
  process: ProcessConfiguration,
  source: YamlSource,
  routes: readonly Route[],
  { complete }: Linting,
): LintProblem[] {
  const asked = (['acknowledgement', 'alert'] as const).find((key) => process[key] !== null)
  const isBrought = routes.some(({ kind, from }) => kind === 'delivery' && from.includes(emailRequested))
  if (asked === undefined || isBrought || !complete) return []
  return [
    lintError('unreachable', source.placeOf([asked]), {
      sentence: `No route brings ${emailRequested} anywhere, so its e-mails would not be sent.`,
      remedy: `Add a route from ${emailRequested} to an adapter that sends e-mails, or take ${asked} out.`,
    }),
  ]
}

function qualityProblems(
  { quality: name }: ProcessConfiguration,
  source: YamlSource,
  quality: readonly Located<QualityConfiguration>[],
): LintProblem[] {
  if (name === null || quality.some(({ value }) => value.name === name)) return []
  const names = quality.map(({ value }) => value.name).join(', ') || 'none'
  return [
    lintError('bad-value', source.placeOf(['quality']), {
      sentence: `There is no file quality/${name}.yaml.`,
      remedy: `Write it, or use one that is there: ${names}.`,
    }),
  ]
}

function ruleProblems(
  { value: { ask, rules }, source }: Located<QualityConfiguration>,
  linting: Linting,
): LintProblem[] {
  const asked = Object.entries(ask).flatMap(([kind, label]) => askedProblems(label, source, ['ask', kind], linting))
  const withFacts = (condition: unknown) => linting.conditionProblems(condition, { facts: true })
  const named = new Map<string, number>()
  const conditions = rules.flatMap(({ name, when }, index) => {
    const first = named.get(name)
    named.set(name, first ?? index)
    const twice = first === undefined ? [] : [ruleTwice(name, source, index)]
    return [...twice, ...lintCondition(when, source, ['rules', index, 'when'], withFacts)]
  })
  return [...asked, ...conditions]
}

function askedProblems(label: string, source: YamlSource, path: YamlPath, linting: Linting): LintProblem[] {
  const place = source.placeOf(path)
  const declaration = declarationOf(label, linting)
  if (!declaration)
    return linting.adapters.some((adapter) => adapter.label === label) ? [] : [unknown(label, place, linting)]
  if (declaration.capabilities.request) return []
  return [
    lintError('cannot-answer', place, {
      sentence: `${label} (${declaration.name}) does not answer questions.`,
      remedy: 'Ask an adapter with the capability request: portreeve list adapters.',
    }),
  ]
}

function ruleTwice(name: string, source: YamlSource, index: number): LintProblem {
  return lintError('duplicate-key', source.placeOf(['rules', index, 'name']), {
    sentence: `Two rules are called ${name}.`,
    remedy: 'Give one of them another name: decisions are recorded by it.',
  })
}

function unknown(label: string, place: LintProblem['place'], { adapters }: Linting): LintProblem {
  return lintError('unknown-label', place, {
    sentence: `broker.yaml has no adapter labelled "${label}".`,
    remedy: `Use one of: ${adapters.map((adapter) => adapter.label).join(', ')}.`,
  })
}
