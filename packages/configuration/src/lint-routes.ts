import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { AdapterConfiguration, DeliveryRoute, LintProblem, Route, SplitRoute } from './configuration.ts'

interface Linting {
  readonly routes: readonly Route[]
  readonly adapters: readonly AdapterConfiguration[]
  readonly declarations: readonly AdapterDeclaration[]
  readonly conditionProblems: (condition: unknown) => readonly string[]
}

/** What only shows when routes and adapters are looked at together. */
export function lintRoutes(linting: Linting): readonly LintProblem[] {
  return linting.routes.flatMap((route) => [
    ...unpublishedTypes(route, linting),
    ...(route.kind === 'split' ? splitProblems(route, linting) : deliveryProblems(route, linting)),
  ])
}

function splitProblems(route: SplitRoute, linting: Linting): LintProblem[] {
  const declaration = declarationOf(route.split, linting)
  if (!declaration) return [unknownLabel(route, route.split, linting)]
  if (declaration.capabilities.receive) return []
  return [
    problem(
      route,
      'cannot-receive',
      `${route.split} (${declaration.name}) cannot read documents.`,
      'Split with an adapter that can receive.',
    ),
  ]
}

function deliveryProblems(route: DeliveryRoute, linting: Linting): LintProblem[] {
  const conditions = [route.when, ...route.branches.map(({ when }) => when)].filter((when) => when !== undefined)
  const found = conditions
    .flatMap((condition) => linting.conditionProblems(condition))
    .map((sentence) => problem(route, 'bad-condition', sentence, 'See docs/how-to/write-a-route.md for conditions.'))
  for (const [index, branch] of route.branches.entries()) {
    if (branch.when === undefined && index < route.branches.length - 1) {
      found.push(
        problem(
          route,
          'unreachable',
          `Branch ${index + 1} takes everything, so those after it get nothing.`,
          'Put it last, or give it a "when".',
        ),
      )
    }
    for (const label of branch.to) found.push(...receiverProblems(route, label, linting))
  }
  return found
}

function receiverProblems(route: DeliveryRoute, label: string, linting: Linting): LintProblem[] {
  const declaration = declarationOf(label, linting)
  if (!declaration) return [unknownLabel(route, label, linting)]
  if (!declaration.capabilities.send) {
    return [
      problem(route, 'cannot-send', `${label} (${declaration.name}) cannot send.`, 'Route to an adapter that can.'),
    ]
  }
  const found = route.from
    .filter((type) => !declaration.accepts.includes(type))
    .map((type) =>
      problem(
        route,
        'type-not-accepted',
        `${label} (${declaration.name}) does not accept ${type}.`,
        `It accepts: ${declaration.accepts.join(', ')}.`,
      ),
    )
  if (!declaration.capabilities.idempotentSend && !declaration.capabilities.lookup) {
    found.push({
      ...problem(
        route,
        'unsafe-retry',
        `${label} (${declaration.name}) can neither be asked nor recognise a repeat.`,
        'After a time-out a person will have to decide; route to an adapter with lookup or idempotentSend if there is one.',
      ),
      severity: 'warning',
    })
  }
  return found
}

/** A type that nobody publishes: the route would wait for ever. */
function unpublishedTypes(route: Route, linting: Linting): LintProblem[] {
  const published = publishedTypes(linting)
  return route.from
    .filter((type) => !published.has(type))
    .map((type) =>
      problem(
        route,
        'type-not-published',
        `Nothing publishes ${type}.`,
        `Published are: ${[...published].sort().join(', ')}.`,
      ),
    )
}

function publishedTypes(linting: Linting): ReadonlySet<string> {
  const published = new Set<string>()
  const withFacts = (type: string, ...facts: string[]) => {
    for (const fact of facts) published.add(`${type.slice(0, type.lastIndexOf('.'))}.${fact}`)
  }
  for (const { label } of linting.adapters) {
    const declaration = declarationOf(label, linting)
    if (declaration?.capabilities.poll) for (const type of declaration.emits) published.add(type)
  }
  for (const route of linting.routes) {
    if (route.kind !== 'split') continue
    for (const type of route.from) withFacts(type, 'split', 'refused')
    for (const type of declarationOf(route.split, linting)?.emits ?? []) {
      published.add(type)
      withFacts(type, 'refused')
    }
  }
  return published
}

function declarationOf(label: string, { adapters, declarations }: Linting): AdapterDeclaration | undefined {
  const instance = adapters.find((adapter) => adapter.label === label)
  return declarations.find(({ name }) => name === instance?.adapter)
}

function unknownLabel(route: Route, label: string, { adapters }: Linting): LintProblem {
  const labels = adapters.map((adapter) => adapter.label).join(', ')
  return problem(route, 'unknown-label', `broker.yaml has no adapter labelled "${label}".`, `Use one of: ${labels}.`)
}

function problem(route: Route, kind: string, sentence: string, remedy: string): LintProblem {
  return { severity: 'error', kind, place: route.place, sentence, remedy }
}
