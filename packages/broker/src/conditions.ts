import { fieldsIn } from '@portreeve/configuration'
import { type Condition, compileCondition, passesFilter, routeByContent } from '@portreeve/core'
import type { Message } from '@portreeve/envelope'
import type { Receiver } from './receivers.ts'

/** What is wrong with a condition of a route, in sentences; empty when nothing is. */
export function conditionProblems(condition: unknown, { facts } = { facts: false }): readonly string[] {
  const compiled = compileCondition(condition)
  if ('problems' in compiled) return compiled.problems
  const asksForFacts = fieldsIn(condition).some(({ field }) => field.startsWith('facts.'))
  return asksForFacts && !facts
    ? ['Facts are known to quality rules only: ask for envelope.<attribute> or body.<path>.']
    : []
}

export interface Conditions {
  /** The mapping of the branch that takes the message; of an edited one that none of the receiver's takes, of the last of these. */
  mapOf(message: Message): string | undefined
  /** Whether the message is for this receiver: it passes the route's filter, and its branch is the receiver's. */
  concerns(message: Message): boolean
}

export function compileConditions({ route, branches }: Receiver): Conditions {
  const filter = compiledCondition(route.when)
  const ways = branches.map(({ branch, mine }) => ({ when: compiledCondition(branch.when), way: mine }))
  const mine = branches.filter((way) => way.mine)
  const maps = mine.map(({ branch }) => ({ when: compiledCondition(branch.when), way: { map: branch.map } }))
  return {
    concerns: (message) => passesFilter(filter, message) && routeByContent(ways, message) === true,
    mapOf: (message) => (routeByContent(maps, message) ?? maps.at(-1)?.way)?.map,
  }
}

/** `null`: everything passes. */
export function compiledCondition(condition: unknown): Condition | null {
  if (condition === undefined) return null
  const result = compileCondition(condition)
  if ('problems' in result) throw new TypeError('the linter should have refused this condition')
  return result.condition
}
