import { dirname, join } from 'node:path'
import { type Configuration, type ConfigurationPlace, requireRouteTests } from '@portreeve/configuration'
import { waysOf } from './ends.ts'
import { runRouteCase } from './run-route-case.ts'

/** How one case went. */
export interface RouteCaseResult {
  readonly route: string
  readonly name: string
  readonly place: ConfigurationPlace
  /** What was not as expected, in sentences; empty when the case holds. */
  readonly differences: readonly string[]
}

export interface RouteTestOptions {
  /** Only the cases of these routes. Default: all. */
  readonly routes?: readonly string[]
  readonly onResult?: (result: RouteCaseResult) => void
  /** Ends it before the next case, and the one under way. */
  readonly signal?: AbortSignal
}

export interface RouteTestResults {
  readonly results: readonly RouteCaseResult[]
  /** Ways through the routes that no case took; of all routes when all were tested. */
  readonly untested: readonly string[]
  /** How many ways there are. */
  readonly ways: number
}

/**
 * Plays the cases that stand in `routes/<name>.test.yaml`, one after the other. Rejects with `PRV_CONFIGURATION_INVALID`
 * when such a file is wrong, and with the signal's reason.
 */
export async function runRouteTests(
  configuration: Configuration,
  { routes, onResult, signal }: RouteTestOptions = {},
): Promise<RouteTestResults> {
  const results: RouteCaseResult[] = []
  const taken = new Set<string>()
  for (const { route, cases } of await requireRouteTests(configuration)) {
    if (routes && !routes.includes(route)) continue
    for (const { place, ...routeCase } of cases) {
      const beside = dirname(join(configuration.folder, place.file))
      const given = routeCase.given.map(({ document, ...one }) => ({
        ...one,
        ...(document !== undefined && { document: join(beside, document) }),
      }))
      const { differences, waysTaken } = await runRouteCase(configuration, { ...routeCase, given }, signal)
      for (const way of waysTaken) taken.add(way)
      const result = { route, name: routeCase.name, place, differences }
      results.push(result)
      onResult?.(result)
    }
  }
  const tested = configuration.routes.filter(({ name }) => !routes || routes.includes(name))
  const ways = waysOf({ routes: tested })
  return { results, untested: ways.filter((way) => !taken.has(way)), ways: ways.length }
}
