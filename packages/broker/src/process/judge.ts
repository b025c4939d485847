import type { Adapter } from '@portreeve/adapter-sdk'
import { fieldsIn, type QualityConfiguration } from '@portreeve/configuration'
import { type Condition, type Facts, ukDay } from '@portreeve/core'
import type { Message } from '@portreeve/envelope'
import type { AddressChange, Candidate } from '@portreeve/model'
import { compiledCondition } from '../conditions.ts'

/** Why a transaction waits for a person. */
export interface Hold {
  readonly rule: string
  readonly sentence: string
  /** Persons who may be meant, where that is the question. */
  readonly candidates?: Candidate[]
}

export interface JudgeParts {
  /** `null`: everything passes. */
  readonly quality: QualityConfiguration | null
  /** By label. */
  readonly adapters: ReadonlyMap<string, Adapter>
  readonly now: () => Date
  readonly signal: AbortSignal
}

/** Quality control: which of the rules are true of a transaction. Rejects when a register cannot answer now. */
export function judgeBy({
  quality,
  adapters,
  now,
  signal,
}: JudgeParts): (message: Message) => Promise<readonly Hold[]> {
  const rules = (quality?.rules ?? []).map(({ name, when, hold }) => ({
    rule: name,
    sentence: hold,
    condition: compiledCondition(when) as Condition,
    isAboutPersons: fieldsIn(when).some(({ field }) => field === 'facts.persons'),
  }))
  return async (message) => {
    if (quality === null) return []
    const change: AddressChange = JSON.parse(new TextDecoder().decode(message.body))
    const candidates = await personsLike(change, quality.ask.persons, adapters, signal)
    const facts: Facts = {
      daysSinceMove: daysBetween(change.movedOn, ukDay(now())),
      address: await addressFacts(change, quality.ask.addresses, adapters, signal),
      ...(candidates && { persons: candidates.length }),
    }
    return rules.flatMap(({ rule, sentence, condition, isAboutPersons }) => {
      if (!condition({ ...message, facts })) return []
      return [{ rule, sentence, ...(isAboutPersons && candidates?.length && { candidates: [...candidates] }) }]
    })
  }
}

async function addressFacts(
  { newAddress: { uprn }, household = [] }: AddressChange,
  label: string | undefined,
  adapters: JudgeParts['adapters'],
  signal: AbortSignal,
): Promise<Facts | undefined> {
  const register = label === undefined ? undefined : adapters.get(label)
  if (!register?.request) return undefined
  if (uprn === undefined) return { hasUprn: false }
  const { known, capacity, occupants } = await register.request({ kind: 'address', uprn }, signal)
  const placesLeft = capacity === null ? undefined : capacity - (occupants ?? 0) - 1 - household.length
  return { hasUprn: true, known, capacity, occupants, ...(placesLeft !== undefined && { placesLeft }) }
}

async function personsLike(
  { person }: AddressChange,
  label: string | undefined,
  adapters: JudgeParts['adapters'],
  signal: AbortSignal,
): Promise<readonly Candidate[] | undefined> {
  const register = label === undefined ? undefined : adapters.get(label)
  if (!register?.request) return undefined
  const { personFamilyName, personGivenName, personBirthDate, customer } = person
  const { candidates } = await register.request(
    {
      kind: 'persons',
      personFamilyName,
      personGivenName,
      ...(personBirthDate !== undefined && { personBirthDate }),
      ...(customer !== undefined && { customer }),
    },
    signal,
  )
  return candidates
}

/** Whole days from one YYYY-MM-DD to another; negative when the first is the later one. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}
