import { createHash } from 'node:crypto'
import type { Emitted } from '@portreeve/adapter-sdk'
import type { AddressUpdateAnswered, Candidate } from '@portreeve/model'
import type { KnownResult } from './results-store.ts'

export const addressUpdateAnswered = 'customer.address-update.answered'

/** What is known of one request: how many persons it has, and the result of each that has one. */
export interface RequestResults {
  readonly requestId: string
  readonly persons: number
  readonly results: ReadonlyMap<number, KnownResult>
}

/** From the best to the worst. */
const order: readonly AddressUpdateAnswered['status'][] = [
  'confirmed',
  'in-progress',
  'several-matches',
  'no-match',
  'rejected',
]

/** What the electoral system says of a household: the worst counts; while persons are missing it is not the last word. Pure. */
export function answerOf({ requestId, persons, results }: RequestResults, system: string): AddressUpdateAnswered {
  const told = [...results].map(([number, { result }]) => [number, result] as const).toSorted(([a], [b]) => a - b)
  const worst = Math.max(...told.map(([, { status }]) => order.indexOf(status)))
  const status = told.length < persons ? 'in-progress' : (order[worst] ?? 'in-progress')
  const named = (number: number, text: string) => (persons === 1 ? text : `Person ${number}: ${text}`)
  const deciding = told.filter(([, result]) => order.indexOf(result.status) === worst)
  const words = deciding.flatMap(([number, result]) => (result.words === undefined ? [] : named(number, result.words)))
  const references = told.flatMap(([, { systemReference }]) => systemReference ?? [])
  const codes = new Set(deciding.flatMap(([, { code }]) => code ?? []))
  const candidates = told.flatMap(([number, result]): Candidate[] =>
    (result.candidates ?? []).map((each) => ({ ...each, description: named(number, each.description) })),
  )
  return {
    system,
    requestId,
    status,
    ...(references.length > 0 && { systemReference: references.join(', ') }),
    ...(codes.size > 0 && { code: [...codes].join(', ') }),
    ...(words.length > 0 && { words: words.join('\n') }),
    ...(candidates.length > 0 && { candidates }),
  }
}

/**
 * The answer as the message that it becomes: as long as the electoral system says the same, it is the same message; what it says again
 * after it has said something else is another one. Pure.
 */
export function toCanonical(request: RequestResults, system: string): Emitted {
  const answer = answerOf(request, system)
  const body = Buffer.from(JSON.stringify(answer))
  const hash = createHash('sha256').update(body)
  // Without it the id is the one that an earlier version gave, and what was taken then is not taken again.
  const inOrder = [...request.results].toSorted(([one], [other]) => one - other)
  for (const [number, { saidBy }] of inOrder) if (saidBy !== undefined) hash.update(`\n${number} ${saidBy}`)
  return {
    type: addressUpdateAnswered,
    idSeed: `${answer.requestId}/${hash.digest('hex')}`,
    key: answer.requestId,
    attributes: { channel: 'file', origin: answer.system },
    contentType: 'application/json',
    body,
  }
}
