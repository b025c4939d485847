import { type Condition, compileCondition, passesFilter, routeByContent } from '@portreeve/core'
import type { Message } from '@portreeve/envelope'
import type { Receiver } from './receivers.ts'

/** What is wrong with a condition of a route, in sentences; empty when nothing is. */
export function conditionProblems(condition: unknown, { facts } = { facts: false }): readonly string[] {
  const compiled = compileCondition(condition)
  if ('problems' in compiled) return compiled.problems
  const asksForFacts = /"field":"facts\./.test(JSON.stringify(condition))
  return asksForFacts && !facts
    ? ['Facts are known to quality rules only: ask for envelope.<attribute> or body.<path>.']
    : []
}

export interface Conditions {
  /** Whether the message is for this receiver: it passes the route's filter, and its branch is the receiver's. */
  concerns(message: Message): boolean
}

export function compileConditions({ route, branches }: Receiver): Conditions {
  const filter = compiledCondition(route.when)
  const ways = branches.map(({ branch, mine }) => ({ when: compiledCondition(branch.when), way: mine }))
  return { concerns: (message) => passesFilter(filter, message) && routeByContent(ways, message) === true }
}

/** `null`: everything passes. */
export function compiledCondition(condition: unknown): Condition | null {
  if (condition === undefined) return null
  const result = compileCondition(condition)
  if ('problems' in result) throw new TypeError('the linter should have refused this condition')
  return result.condition
}
