import type { AddressChange } from '@portreeve/model'

/** What a process asks of a transaction, whatever else it says. */
export type TransactionBody = Pick<AddressChange, 'tell' | 'consents' | 'person' | 'movedOn'>

/** The body was validated before it was accepted, and after each correction. */
export function readTransaction(body: string): TransactionBody {
  return JSON.parse(body)
}

/** Whether this service is to be told: it was asked for, or all were, and the person did not refuse. */
export function concerns({ tell, consents = [] }: TransactionBody, service: string): boolean {
  const isRefused = consents.some(({ purpose, answer }) => purpose === service && answer === 'refused')
  return !isRefused && (tell === undefined || tell.includes(service))
}
