import type { Configuration, DeliveryRoute } from '@portreeve/configuration'
import { passesFilter, routeByContent } from '@portreeve/core'
import type { Message } from '@portreeve/envelope'
import { compiledCondition } from '../conditions.ts'

/** Something that a case can show: a way through a route, a quality rule, or what can come of a message at a receiver. */
export interface Way {
  readonly kind: 'way' | 'outcome'
  /** File that says so: `routes/reports-to-voa`. */
  readonly of: string
  readonly name: string
}

/** Branches of routes and what no branch takes, and quality rules. */
export function waysOf({ routes, quality }: Pick<Configuration, 'routes' | 'quality'>): readonly Way[] {
  const through = routes.flatMap((route): readonly Way[] => {
    const way = (name: string): Way => ({ kind: 'way', of: `routes/${route.name}`, name })
    if (route.kind === 'split') return [way(route.name)]
    return [
      ...route.branches.map((_, index) => way(branchName(route, index))),
      ...(route.when === undefined ? [] : [way(filteredOut(route))]),
      ...(route.branches.at(-1)?.when === undefined ? [] : [way(noBranch(route))]),
    ]
  })
  const rules = quality.flatMap(({ name, rules: mine }) => {
    const names = [...mine.map((rule) => ruleName(name, rule.name)), nothingHeld(name)]
    return names.map((one): Way => ({ kind: 'way', of: `quality/${name}`, name: one }))
  })
  return [...through, ...rules]
}

/** Names of the ways that a message takes through the routes. */
export function waysTaken({ routes }: Pick<Configuration, 'routes'>, message: Message): readonly string[] {
  return routes.flatMap((route) => {
    if (!route.from.includes(message.envelope.type)) return []
    return route.kind === 'split' ? route.name : wayOf(route, message)
  })
}

function wayOf(route: DeliveryRoute, message: Message): string {
  if (!passesFilter(compiledCondition(route.when), message)) return filteredOut(route)
  const branches = route.branches.map(({ when }, way) => ({ when: compiledCondition(when), way }))
  const taken = routeByContent(branches, message)
  return taken === null ? noBranch(route) : branchName(route, taken)
}

const branchName = ({ name, branches }: DeliveryRoute, index: number) =>
  branches.length === 1 ? name : `${name}, branch ${index + 1} to ${branches[index]?.to.join(' and ')}`
const filteredOut = ({ name }: DeliveryRoute) => `${name}, filtered out`
const noBranch = ({ name }: DeliveryRoute) => `${name}, taken by no branch`

export const ruleName = (quality: string, rule: string) => `${quality}, held by ${rule}`
export const nothingHeld = (quality: string) => `${quality}, held by nothing`
