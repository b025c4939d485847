import type { Message } from '@portreeve/envelope'
import type { Condition } from './condition.ts'

/** Message Filter (EIP): lets through what fulfils the condition; `null` lets everything through. */
export function passesFilter(condition: Condition | null, message: Message): boolean {
  return condition === null || condition(message)
}
