import { basename } from 'node:path'
import { Value } from 'typebox/value'
import type { LintProblem, Route, RouteBranch } from './configuration.ts'
import { RouteFile } from './schema.ts'
import { schemaProblems } from './schema-problems.ts'
import type { YamlSource } from './yaml-source.ts'

/** `routes/<name>.yaml`: its name is the file's. */
export function readRouteFile(source: YamlSource): { route?: Route; problems: readonly LintProblem[] } {
  if (source.problems.length > 0) return { problems: source.problems }
  const problems = schemaProblems(RouteFile, source.value, source, [])
  if (problems.length > 0 || !Value.Check(RouteFile, source.value)) return { problems }
  const file = source.value
  const ways = (['split', 'to', 'choose'] as const).filter((key) => file[key] !== undefined)
  if (ways.length !== 1) {
    const place = source.placeOf(ways[1] === undefined ? [] : [ways[1]], 'key')
    return {
      problems: [
        {
          severity: 'error',
          kind: ways.length === 0 ? 'missing' : 'bad-value',
          place,
          sentence:
            ways.length === 0 ? 'The route says nowhere where messages go.' : `The route has ${ways.join(' and ')}.`,
          remedy: 'Give it exactly one of split, to and choose.',
        },
      ],
    }
  }
  const base = {
    name: basename(source.file, '.yaml'),
    from: list(file.from),
    place: source.placeOf(['from'], 'key'),
  }
  if (file.split !== undefined) return { route: { kind: 'split', ...base, split: file.split }, problems: [] }
  const branches: readonly RouteBranch[] = file.choose
    ? file.choose.map(({ when, to }) => ({ when, to: list(to) }))
    : [{ when: undefined, to: list(file.to ?? []) }]
  const batch = { maxMessages: file.batch?.maxMessages ?? 1, maxWaitSeconds: file.batch?.maxWaitSeconds ?? 0 }
  return { route: { kind: 'delivery', ...base, when: file.when, branches, batch }, problems: [] }
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}
