import type { Expected } from '@portreeve/configuration'
import type { Message } from '@portreeve/envelope'
import type { Transaction } from '../operations.ts'
import { emailDifferences } from './email-differences.ts'
import type { Ends } from './ends.ts'
import { transactionDifferences } from './transaction-differences.ts'

/** What came of a case. */
export interface Outcome extends Pick<Ends, 'counts' | 'problems'> {
  /** By label of the adapter. */
  readonly sent: ReadonlyMap<string, readonly Message[]>
  /** In the order in which they came. */
  readonly transactions: readonly Transaction[]
}

/** What is not as expected, in sentences that name what was expected and what came. */
export function differences(expected: Expected, outcome: Outcome): readonly string[] {
  const sent = Object.entries(expected.sent ?? {}).flatMap(([label, wanted]) =>
    sentDifferences(label, wanted, outcome.sent.get(label) ?? []),
  )
  const states = Object.entries(expected.states ?? {}).flatMap(([receiver, wanted]) =>
    stateDifferences(receiver, wanted, statesOf(receiver, outcome.counts)),
  )
  return [
    ...sent,
    ...states,
    ...problemDifferences(expected.problems, outcome.problems),
    ...transactionDifferences(expected.transactions, outcome.transactions),
    ...emailDifferences(expected.emails, [...outcome.sent.values()].flat()),
  ]
}

type ExpectedSent = NonNullable<Expected['sent']>[string]

function sentDifferences(label: string, wanted: ExpectedSent, sent: readonly Message[]): readonly string[] {
  const number = typeof wanted === 'number' ? wanted : wanted.length
  const types = sent.map(({ envelope }) => envelope.type).join(', ')
  if (number !== sent.length) {
    return [`${label} was to be sent ${number}, and was sent ${sent.length}${types && `: ${types}`}.`]
  }
  if (typeof wanted === 'number') return []
  return wanted.flatMap(({ type, body }, index) => {
    const message = sent[index]
    if (!message) return []
    const place = `${label}, message ${index + 1}`
    const typeDiffers = type !== undefined && type !== message.envelope.type
    return [
      ...(typeDiffers ? [`${place} was to be ${type}, and is ${message.envelope.type}.`] : []),
      ...(body === undefined ? [] : valueDifferences(body, bodyOf(message), `${place}, body`)),
    ]
  })
}

function bodyOf({ body }: Message): unknown {
  const text = new TextDecoder().decode(body)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Of an object only the keys that are expected count; of a list, every member. */
function valueDifferences(expected: unknown, found: unknown, place: string): readonly string[] {
  if (isRecord(expected) && isRecord(found) && Array.isArray(expected) === Array.isArray(found)) {
    const short = Array.isArray(expected) && Array.isArray(found) && expected.length !== found.length
    const length = short ? [`${place} was to have ${expected.length} members, and has ${found.length}.`] : []
    return [
      ...length,
      ...Object.keys(expected).flatMap((key) => valueDifferences(expected[key], found[key], `${place}.${key}`)),
    ]
  }
  if (Object.is(expected, found)) return []
  return [`${place} was to be ${JSON.stringify(expected)}, and is ${JSON.stringify(found) ?? 'not there'}.`]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function statesOf(name: string, counts: Outcome['counts']): ReadonlyMap<string, number> {
  const states = new Map<string, number>()
  for (const { receiver, state, messages } of counts) {
    if (receiver === name) states.set(state, (states.get(state) ?? 0) + messages)
  }
  return states
}

/** What passes by a receiver counts only where it is asked for: otherwise each new receiver would change every count. */
function stateDifferences(
  receiver: string,
  wanted: Readonly<Record<string, number>>,
  found: ReadonlyMap<string, number>,
): readonly string[] {
  const came = [...found.keys()].filter((state) => state !== 'not-concerned')
  const states = new Set([...Object.keys(wanted), ...came])
  return [...states].sort().flatMap((state) => {
    const [expected, has] = [wanted[state] ?? 0, found.get(state) ?? 0]
    return expected === has ? [] : [`${receiver} was to have ${expected} ${state}, and has ${has}.`]
  })
}

function problemDifferences(wanted: readonly string[] | undefined, found: readonly string[]): readonly string[] {
  if (wanted === undefined) return []
  const missing = wanted.filter((code) => !found.includes(code)).map((code) => `No problem had the code ${code}.`)
  const extra = found
    .filter((code) => !wanted.includes(code))
    .map((code) => `A problem had the code ${code}, which was not expected.`)
  return [...missing, ...extra]
}
