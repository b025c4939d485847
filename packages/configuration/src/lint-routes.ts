import type { DeliveryRoute, MappingConfiguration, RouteBranch, SplitRoute } from './configuration.ts'
import { lintCondition, lintUnreachable } from './lint-branches.ts'
import { lintForm, lintMap } from './lint-map.ts'
import { type LintProblem, lintError, lintWarning } from './lint-problem.ts'
import { declarationOf, publishedTypes, type Surroundings } from './published-types.ts'
import type { LocatedRoute } from './route-file.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

export interface Linting extends Surroundings {
  /** False when a file could not be read: what it publishes is not known then. */
  readonly complete: boolean
  readonly mappings: readonly MappingConfiguration[]
  readonly conditionProblems: (condition: unknown, options?: { facts: boolean }) => readonly string[]
}

/** What only shows when routes and adapters are looked at together. */
export function lintRoutes(located: readonly LocatedRoute[], linting: Linting): readonly LintProblem[] {
  const published = publishedTypes(
    located.map(({ route }) => route),
    linting,
  )
  return located.flatMap(({ route, source, branchPath }) => [
    ...(linting.complete ? unpublishedTypes(route.from, published, source) : []),
    ...(route.kind === 'split'
      ? splitProblems(route, source, linting)
      : deliveryProblems(route, source, branchPath, linting)),
  ])
}

/** A type that nobody publishes: the route would wait for ever. */
function unpublishedTypes(from: readonly string[], published: ReadonlySet<string>, source: YamlSource): LintProblem[] {
  return from.flatMap((type, index) =>
    published.has(type)
      ? []
      : lintError('type-not-published', source.placeOf(['from', index]), {
          sentence: `Nothing publishes ${type}.`,
          remedy: `Published are: ${[...published].sort().join(', ') || 'none'}.`,
        }),
  )
}

function splitProblems(route: SplitRoute, source: YamlSource, linting: Linting): LintProblem[] {
  const declaration = declarationOf(route.split, linting)
  const place = source.placeOf(['split'])
  if (!declaration) return unknownLabel(route.split, source, ['split'], linting)
  if (declaration.capabilities.receive) return []
  return [
    lintError('cannot-receive', place, {
      sentence: `${route.split} (${declaration.name}) cannot read documents.`,
      remedy: `Split with an adapter that can receive${able('receive', linting)}.`,
    }),
  ]
}

function deliveryProblems(
  route: DeliveryRoute,
  source: YamlSource,
  branchPath: LocatedRoute['branchPath'],
  linting: Linting,
): LintProblem[] {
  return [
    ...lintCondition(route.when, source, ['when'], linting.conditionProblems),
    ...lintUnreachable(route, source, branchPath),
    ...route.branches.flatMap((branch, index) => [
      ...lintCondition(branch.when, source, [...branchPath(index), 'when'], linting.conditionProblems),
      ...lintMap(route, branch, source, [...branchPath(index), 'map'], linting.mappings),
      ...branch.to.flatMap((label, position) =>
        receiverProblems(
          { types: givenTypes(route, branch, linting), branch },
          label,
          source,
          [...branchPath(index), 'to', position],
          linting,
        ),
      ),
    ]),
  ]
}

/** The types that the receivers of a branch are given; none when its mapping is not known. */
function givenTypes({ from }: DeliveryRoute, { map }: RouteBranch, { mappings }: Linting): readonly string[] {
  if (map === undefined) return from
  return mappings.flatMap(({ name, to }) => (name === map ? to.type : []))
}

function receiverProblems(
  { types, branch }: { readonly types: readonly string[]; readonly branch: RouteBranch },
  label: string,
  source: YamlSource,
  path: YamlPath,
  linting: Linting,
): LintProblem[] {
  const declaration = declarationOf(label, linting)
  if (!declaration) return unknownLabel(label, source, path, linting)
  const place = source.placeOf(path)
  const { name, accepts, capabilities } = declaration
  if (!capabilities.send) {
    return [
      lintError('cannot-send', place, {
        sentence: `${label} (${name}) cannot send.`,
        remedy: `Route to an adapter that can${able('send', linting)}.`,
      }),
    ]
  }
  const others = types.flatMap((type) =>
    accepts.includes(type)
      ? []
      : lintError('type-not-accepted', place, {
          sentence: `${label} (${name}) does not accept ${type}.`,
          remedy: `It accepts: ${accepts.join(', ')}.`,
        }),
  )
  const found = [...others, ...lintForm(branch, declaration, place, linting.mappings)]
  if (capabilities.idempotentSend || capabilities.lookup) return found
  const unsafe = lintWarning('unsafe-retry', place, {
    sentence: `${label} (${name}) can neither be asked nor recognise a repeat.`,
    remedy: 'After a time-out a person will have to decide: watch its dead letters.',
  })
  return [...found, unsafe]
}

/** A label behind which there is an unknown adapter is told once, in `broker.yaml`. */
function unknownLabel(label: string, source: YamlSource, path: YamlPath, { adapters }: Linting): LintProblem[] {
  if (adapters.some((adapter) => adapter.label === label)) return []
  return [
    lintError('unknown-label', source.placeOf(path), {
      sentence: `broker.yaml has no adapter labelled "${label}".`,
      remedy: `Use one of: ${adapters.map((adapter) => adapter.label).join(', ')}.`,
    }),
  ]
}

function able(capability: 'receive' | 'send', linting: Linting): string {
  const labels = linting.adapters
    .map(({ label }) => label)
    .filter((label) => declarationOf(label, linting)?.capabilities[capability])
  return labels.length > 0 ? `: ${labels.join(', ')}` : ''
}
