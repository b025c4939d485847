import { basename } from 'node:path'
import { checkBySchema } from './check-by-schema.ts'
import type { ConfigurationPlace, Route, RouteBranch } from './configuration.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import { defaults, RouteFile } from './schema.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

/** A route, and where its parts stand. */
export interface LocatedRoute {
  readonly route: Route
  readonly source: YamlSource
  /** Where the branch with this index stands in the file: `['choose', 1]`, or the top of the file for a plain `to`. */
  readonly branchPath: (index: number) => YamlPath
}

/** `routes/<name>.yaml`: its name is the file's. */
export function readRouteFile(source: YamlSource): { located?: LocatedRoute; problems: readonly LintProblem[] } {
  const name = basename(source.file, '.yaml')
  if (!/^[a-z][a-z0-9-]*$/.test(name)) return { problems: [badName(source)] }
  if (source.problems.length > 0) return { problems: source.problems }
  const { value: file, problems } = checkBySchema(RouteFile, source.value, source, [])
  if (file === undefined) return { problems }
  const ways = (['split', 'to', 'choose'] as const).filter((key) => file[key] !== undefined)
  if (ways.length !== 1) return { problems: [notOneWay(source, ways)] }

  const base = {
    name,
    from: list(file.from),
    ...(file.startFrom && { startFrom: file.startFrom }),
    place: source.placeOf(['from'], 'key'),
  }
  if (file.split !== undefined) {
    const idle = (['when', 'map', 'batch', 'limits'] as const).filter((key) => file[key] !== undefined)
    if (idle.length > 0) return { problems: idle.map((key) => notWithSplit(source, key)) }
    return { located: { route: { kind: 'split', ...base, split: file.split }, source, branchPath: () => [] }, problems }
  }
  const branches: readonly RouteBranch[] = file.choose
    ? file.choose.map(({ when, to, map }) => ({ when, to: list(to), ...mapped(map ?? file.map) }))
    : [{ when: undefined, to: list(file.to ?? []), ...mapped(file.map) }]
  const batch = { ...defaults.batch, ...file.batch }
  const { limits = {} } = file
  return {
    located: {
      route: { kind: 'delivery', ...base, when: file.when, branches, batch, limits },
      source,
      branchPath: (index) => (file.choose ? ['choose', index] : []),
    },
    problems,
  }
}

function mapped(map: string | undefined): Pick<RouteBranch, 'map'> {
  return map === undefined ? {} : { map }
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}

function badName(source: YamlSource): LintProblem {
  return lintError(
    'bad-file-name',
    { file: source.file, line: 1, column: 1 },
    {
      sentence: `${source.file} is not read: a route is called by its file, in small letters, figures and dashes, and ends in .yaml.`,
      remedy: 'Rename it, such as reports-to-voa.yaml, or move it out of routes/.',
    },
  )
}

function notOneWay(source: YamlSource, ways: readonly string[]): LintProblem {
  const remedy = 'Give it exactly one of split, to and choose.'
  const last = ways.map((key) => source.placeOf([key], 'key')).reduce(later, source.placeOf([]))
  return ways.length === 0
    ? lintError('missing', last, { sentence: 'The route says nowhere where messages go.', remedy })
    : lintError('bad-value', last, { sentence: `The route has ${ways.join(' and ')}.`, remedy })
}

function later(one: ConfigurationPlace, other: ConfigurationPlace): ConfigurationPlace {
  return other.line > one.line || (other.line === one.line && other.column > one.column) ? other : one
}

function notWithSplit(source: YamlSource, key: string): LintProblem {
  return lintError('bad-value', source.placeOf([key], 'key'), {
    sentence: `"${key}" has no effect beside "split".`,
    remedy: 'Take it out, or write it into the route that delivers what this one splits.',
  })
}
