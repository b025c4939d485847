import { type Adapter, answerQuestions } from '@portreeve/adapter-sdk'
import { facts } from '@portreeve/configuration'
import type { Message } from '@portreeve/envelope'
import { describe, expect, it } from 'vitest'
import { judgeBy } from './judge.ts'

const candidate = { personReference: 'P-1', description: 'One.' }
const place = { file: 'quality/all.yaml', line: 1, column: 1 }
const body = {
  person: { personGivenName: 'Ada', personFamilyName: 'Example' },
  newAddress: { uprn: '990000000203' },
  movedOn: '2026-03-01',
  household: [{ personGivenName: 'Bo', personFamilyName: 'Example' }],
}

/** Names of the rules that hold a change of address, by what a register answers; one rule for each condition. */
async function held(
  conditions: Readonly<Record<string, unknown>>,
  answers: { capacity?: number | null; candidates?: (typeof candidate)[] } = {},
  said: object = body,
) {
  const { capacity = 4, candidates = [candidate] } = answers
  const register: Adapter = {
    check: async () => {},
    request: answerQuestions({
      address: async () => ({ known: true, capacity, occupants: 3 }),
      persons: async () => ({ candidates }),
    }),
    async [Symbol.asyncDispose]() {},
  }
  const rules = Object.entries(conditions).map(([name, when]) => ({ name, when, hold: name }))
  const judge = judgeBy({
    quality: { name: 'all', ask: { addresses: 'register', persons: 'register' }, rules, place },
    adapters: new Map([['register', register]]),
    now: () => new Date('2026-03-11T12:00:00Z'),
    signal: new AbortController().signal,
  })
  const message = { envelope: {}, body: new TextEncoder().encode(JSON.stringify(said)) } as Message
  return await judge(message)
}

const names = (holds: Awaited<ReturnType<typeof held>>) => holds.map(({ rule }) => rule)

describe('facts about a change of address', () => {
  it('are all those that the linter knows', async () => {
    const each = Object.fromEntries(Object.keys(facts).map((field) => [field, { field, present: true }]))
    expect(names(await held(each))).toEqual(Object.keys(facts))
  })

  it('count whole days since the move, and the places that are left once all have moved in', async () => {
    const conditions = {
      'ten days': { field: 'facts.daysSinceMove', equals: 10 },
      'no room': { field: 'facts.address.placesLeft', equals: -1 },
      'one person': { field: 'facts.persons', equals: 1 },
    }
    expect(names(await held(conditions))).toEqual(Object.keys(conditions))
  })

  it('are none where the register does not know, or nobody said the UPRN', async () => {
    const places = { places: { field: 'facts.address.placesLeft', present: true } }
    expect(await held(places, { capacity: null })).toEqual([])
    const without = { ...body, newAddress: {} }
    expect(
      names(await held({ ...places, uprn: { field: 'facts.address.hasUprn', equals: false } }, {}, without)),
    ).toEqual(['uprn'])
  })

  it('about persons come with the candidates, for who has to choose', async () => {
    const two = [candidate, { ...candidate, personReference: 'P-2' }]
    const several = { several: { field: 'facts.persons', moreThan: 1 } }
    expect(await held(several, { candidates: two })).toEqual([
      { rule: 'several', sentence: 'several', candidates: two },
    ])
  })

  it('come without candidates where a rule only compares with the name of the fact', async () => {
    const misleading = { named: { not: { field: 'body.movedOn', equals: 'facts.persons' } } }
    expect(await held(misleading)).toEqual([{ rule: 'named', sentence: 'named' }])
  })
})
