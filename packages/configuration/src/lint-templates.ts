import { emailValues } from '@portreeve/core'
import type { ProcessConfiguration, Route } from './configuration.ts'
import { type Inspected, placeFrom } from './inspect-adapters.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import type { Located } from './process-file.ts'
import { emailRequested } from './published-types.ts'

interface Templates {
  /** Absolute. */
  readonly folder: string
  readonly processes: readonly Located<ProcessConfiguration>[]
  readonly routes: readonly Route[]
  readonly inspected: readonly Inspected[]
}

const kinds = ['acknowledgement', 'alert'] as const

/** Templates that processes name and nobody has, and values that they are never given. */
export function lintTemplates({ folder, processes, routes, inspected }: Templates): readonly LintProblem[] {
  const writers = inspected.filter(({ label }) => routes.some((route) => brings(route, label)))
  const problems = processes.flatMap(({ value, source }) =>
    kinds.flatMap((kind) => {
      const name = value[kind]
      if (name === null) return []
      return writers.flatMap(({ label, templates }) => {
        const template = templates.find((candidate) => candidate.name === name)
        if (!template) {
          const names = templates.map((candidate) => candidate.name).join(', ')
          return [
            lintError('unknown-template', source.placeOf([kind]), {
              sentence: `${label} has no template "${name}".`,
              remedy: `Write ${name}.subject.txt and ${name}.txt into its folder, or use one of: ${names || 'none'}.`,
            }),
          ]
        }
        const given: readonly string[] = [...emailValues[kind], ...emailValues.all]
        return template.uses
          .filter(({ value: used }) => !given.includes(used))
          .map(({ value: used, at }) =>
            lintError('unknown-value', placeFrom(folder, at), {
              sentence: `The template ${name} uses "${used}", which no ${kind} is given, so it could never be written.`,
              remedy: `Use one of: ${given.join(', ')}.`,
            }),
          )
      })
    }),
  )
  return problems.filter((problem, index) => problems.findIndex((other) => isSame(problem, other)) === index)
}

function brings(route: Route, label: string): boolean {
  return (
    route.kind === 'delivery' &&
    route.from.includes(emailRequested) &&
    route.branches.some(({ to }) => to.includes(label))
  )
}

/** Two processes may have the same template. */
function isSame(one: LintProblem, other: LintProblem): boolean {
  return one.sentence === other.sentence && JSON.stringify(one.place) === JSON.stringify(other.place)
}
