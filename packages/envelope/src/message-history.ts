import { PortreeveError } from '@portreeve/errors'

/** Message History (EIP): the steps that a message and those before it took, oldest first, as `step@time`. */
export type MessageHistory = readonly string[]

/** More steps than any route has: a message with more of them goes in a circle. */
export const maxSteps = 64

/** The history with one step more; `time` as RFC 3339, UTC. Throws PRV_ENVELOPE_LOOP after `maxSteps` steps. */
export function withStep(history: MessageHistory | undefined, step: string, time: string): MessageHistory {
  const before = history ?? []
  if (before.length >= maxSteps) throw new PortreeveError('PRV_ENVELOPE_LOOP', { step, steps: before.length })
  return [...before, `${step}@${time}`]
}
