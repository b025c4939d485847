import { ukDay } from '@portreeve/core'
import type { ProcessConfiguration, Route } from './configuration.ts'
import { type LintProblem, lintError, lintWarning } from './lint-problem.ts'
import type { Linting } from './lint-routes.ts'
import type { Located } from './process-file.ts'
import { declarationOf, publishedTypes } from './published-types.ts'
import type { YamlSource } from './yaml-source.ts'

/** What would keep a process waiting for ever, or somebody from being told. */
export function lintSystems(
  { value, source }: Located<ProcessConfiguration>,
  routes: readonly Route[],
  linting: Linting & { readonly now?: () => Date },
): readonly LintProblem[] {
  const { now = () => new Date() } = linting
  return [
    ...(linting.complete ? startProblems(value, source, publishedTypes(routes, linting)) : []),
    ...calendarProblems(value, source, ukDay(now())),
    ...value.systems.flatMap((system) => [
      ...confirmationProblems(system, value, source, linting),
      ...administratorProblems(system, value, source),
    ]),
  ]
}

type System = ProcessConfiguration['systems'][number]

function startProblems({ startsWith }: ProcessConfiguration, source: YamlSource, published: ReadonlySet<string>) {
  if (published.has(startsWith)) return []
  return [
    lintError('type-not-published', source.placeOf(['startsWith']), {
      sentence: `Nothing publishes ${startsWith}, so the process never begins.`,
      remedy: `Open a door in broker.yaml, or start with one of: ${[...published].sort().join(', ')}.`,
    }),
  ]
}

function calendarProblems({ holidays }: ProcessConfiguration, source: YamlSource, today: string): LintProblem[] {
  const last = holidays.toSorted().at(-1)
  if (last === undefined || last >= today) return []
  return [
    lintWarning('no-calendar', source.placeOf(['holidays'], 'key'), {
      sentence: `The last of the holidays was ${last}: from then on, bank holidays count as working days.`,
      remedy: 'Add those to come: https://www.gov.uk/bank-holidays.',
    }),
  ]
}

function confirmationProblems(
  { label, confirmWithinWorkingDays: days }: System,
  { answers }: ProcessConfiguration,
  source: YamlSource,
  linting: Linting,
): LintProblem[] {
  const declaration = declarationOf(label, linting)
  if (days === null || !declaration) return []
  if (declaration.capabilities.poll && declaration.emits.includes(answers)) return []
  return [
    lintError('never-confirms', source.placeOf(['systems', label, 'confirmWithinWorkingDays'], 'key'), {
      sentence: `${label} (${declaration.name}) never brings ${answers}, so a person would be called for each transaction.`,
      remedy: 'Take confirmWithinWorkingDays out: then what was delivered is done.',
    }),
  ]
}

function administratorProblems(
  { label, administrators }: System,
  { alert }: ProcessConfiguration,
  source: YamlSource,
): LintProblem[] {
  if (alert !== null && administrators.length === 0) {
    return [
      lintWarning('nobody-told', source.placeOf(['systems', label], 'key'), {
        sentence: `Nobody is told when ${label} needs a person.`,
        remedy: 'Add "administrators": a list of e-mail addresses.',
      }),
    ]
  }
  if (alert !== null || administrators.length === 0) return []
  return [
    lintWarning('nobody-told', source.placeOf(['systems', label, 'administrators'], 'key'), {
      sentence: 'The administrators are not told of anything: the process has no "alert".',
      remedy: 'Add "alert": the name of a template of e-mails.',
    }),
  ]
}
