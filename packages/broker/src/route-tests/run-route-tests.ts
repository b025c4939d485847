import {
  type Configuration,
  type ConfigurationPlace,
  type RouteTest,
  requireRouteTests,
} from '@portreeve/configuration'
import { adapters } from '../adapters.ts'
import { bodyProblems } from '../canonical-body.ts'
import type { Status } from '../operations.ts'
import { outcomesOf } from './outcomes.ts'
import { runRouteCase } from './run-route-case.ts'
import { type Way, waysOf } from './ways.ts'

/** How one case went. */
export interface RouteCaseResult extends Pick<RouteTest, 'kind' | 'of'> {
  readonly name: string
  readonly place: ConfigurationPlace
  /** What was not as expected, in sentences; empty when the case holds. */
  readonly differences: readonly string[]
  /** What became of messages at each receiver: which route sent what. */
  readonly sent: Status['counts']
}

export interface RouteTestOptions {
  /** Only the cases of the routes, processes and quality rules with these names. Default: all. */
  readonly only?: readonly string[]
  readonly onResult?: (result: RouteCaseResult) => void
  /** Ends it before the next case, and the one under way. */
  readonly signal?: AbortSignal
}

/** How many there are of a kind, and those that no case showed. */
export interface Coverage {
  readonly inAll: number
  readonly untested: readonly string[]
}

export interface RouteTestResults {
  readonly results: readonly RouteCaseResult[]
  /** Ways through the routes and rules that were tested. */
  readonly ways: Coverage
  /** What can come of messages and transactions there. */
  readonly outcomes: Coverage
}

/**
 * Plays the cases that stand beside routes, processes and quality rules, one after the other. Rejects with
 * `PRV_CONFIGURATION_INVALID` when such a file is wrong, and with the signal's reason.
 */
export async function runRouteTests(
  configuration: Configuration,
  { only, onResult, signal }: RouteTestOptions = {},
): Promise<RouteTestResults> {
  const results: RouteCaseResult[] = []
  const shown = new Set<string>()
  for (const { kind, of, cases } of await requireRouteTests(configuration, { declarations: adapters, bodyProblems })) {
    if (only && !only.includes(of)) continue
    for (const testCase of cases) {
      const { differences, sent, shown: mine } = await runRouteCase(configuration, testCase, signal)
      for (const name of mine) shown.add(name)
      const result = { kind, of, name: testCase.name, place: testCase.place, differences, sent }
      results.push(result)
      onResult?.(result)
    }
  }
  const isTested = ({ of }: Way) => !only || only.some((name) => of.endsWith(`/${name}`))
  const coverage = (ways: readonly Way[]): Coverage => {
    const tested = ways.filter(isTested)
    return { inAll: tested.length, untested: tested.map(({ name }) => name).filter((name) => !shown.has(name)) }
  }
  return { results, ways: coverage(waysOf(configuration)), outcomes: coverage(outcomesOf(configuration)) }
}
