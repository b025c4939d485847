import type { Message } from '@portreeve/envelope'
import type { Condition } from './condition.ts'

/** A way out of the router. `null`: takes whatever comes to it. */
export interface RouterBranch<Way> {
  readonly when: Condition | null
  readonly way: Way
}

/** Content-Based Router (EIP): the way of the first branch whose condition holds, or `null`. */
export function routeByContent<Way>(branches: readonly RouterBranch<Way>[], message: Message): Way | null {
  return branches.find(({ when }) => when === null || when(message))?.way ?? null
}
