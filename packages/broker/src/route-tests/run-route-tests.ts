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
import { severalAtOnce } from './several-at-once.ts'
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
  /** Told of each case as it ends. */
  readonly onResult?: (result: RouteCaseResult) => void
  /** Ends it before the next case, and those under way. */
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

/** Each has a broker of its own, which mostly waits for the disk. */
const casesAtOnce = 4

/**
 * Plays the cases that stand beside routes, processes and quality rules, a few at a time. Rejects with
 * `PRV_CONFIGURATION_INVALID` when such a file is wrong, and with the signal's reason.
 */
export async function runRouteTests(
  configuration: Configuration,
  { only, onResult, signal }: RouteTestOptions = {},
): Promise<RouteTestResults> {
  const shown = new Set<string>()
  const tests = await requireRouteTests(configuration, { declarations: adapters, bodyProblems })
  const cases = tests.flatMap(({ kind, of, cases: mine }) =>
    only && !only.includes(of) ? [] : mine.map((testCase) => ({ kind, of, testCase })),
  )
  const results = await severalAtOnce(cases, casesAtOnce, async ({ kind, of, testCase }) => {
    signal?.throwIfAborted()
    const { differences, sent, shown: mine } = await runRouteCase(configuration, testCase, signal)
    for (const name of mine) shown.add(name)
    const result = { kind, of, name: testCase.name, place: testCase.place, differences, sent }
    onResult?.(result)
    return result
  })
  const isTested = ({ of }: Way) => !only || only.some((name) => of.endsWith(`/${name}`))
  const coverage = (ways: readonly Way[]): Coverage => {
    const tested = ways.filter(isTested)
    return { inAll: tested.length, untested: tested.map(({ name }) => name).filter((name) => !shown.has(name)) }
  }
  return { results, ways: coverage(waysOf(configuration)), outcomes: coverage(outcomesOf(configuration)) }
}
