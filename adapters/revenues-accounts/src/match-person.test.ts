import type { AddressUpdateRequested } from '@portreeve/model'
import { describe, expect, it } from 'vitest'
import { matchName, matchReference } from './match-person.ts'
import { ada, move } from './testing/messages.ts'
import type { Account } from './vendor-types.ts'

const updateOf = (body: object): AddressUpdateRequested => JSON.parse(JSON.stringify(body))
const account = (change: Partial<Account> = {}): Account => ({
  accountRef: 'A-1',
  familyName: ada.familyName,
  givenName: ada.givenName,
  birthDate: '1980-01-02',
  uprn: '100099990001',
  addressLines: ['4 QUAY LANE'],
  postcode: 'ZZ99 1AA',
  ...change,
})
const other = (change: Partial<Account>) => account({ accountRef: 'A-2', ...change })
const elsewhere = { uprn: '100099990099', postcode: 'ZZ99 9ZZ' }
const { personBirthDate: _born, ...nameOnly } = move.person
const { postcode: _postcode, uprn: _uprn, ...streetOnly } = move.oldAddress

describe('the account is found', () => {
  it.each([
    ['when there is one', move, [account()], 'A-1'],
    ['though the system knows another address', move, [account(elsewhere)], 'A-1'],
    ['by an initial', move, [account({ givenName: 'A. M.' })], 'A-1'],
    ['by the first of the given names, in any letter case', move, [account({ givenName: 'ADA MAY' })], 'A-1'],
    ['among twins', move, [account(), other({ givenName: 'Bob' })], 'A-1'],
    ['by the old UPRN, among namesakes', move, [other(elsewhere), account()], 'A-1'],
    ['by the old UPRN before the old postcode', move, [other({ uprn: '7' }), account({ postcode: '' })], 'A-1'],
    [
      'by the old postcode, where the UPRN is not known',
      move,
      [other(elsewhere), account({ uprn: '', postcode: 'zz991aa' })],
      'A-1',
    ],
    ['by name and old address, where nobody told the date of birth', { ...move, person: nameOnly }, [account()], 'A-1'],
  ])('%s', (_how, update, accounts, accountRef) => {
    expect(matchName(updateOf(update), { accounts, more: false })).toEqual({ accountRef })
  })

  it('by the one whom somebody chose', () => {
    expect(matchReference({ accounts: [account()], more: false })).toEqual({ accountRef: 'A-1' })
    expect(matchReference({ accounts: [], more: false })).toEqual({ several: false, candidates: [] })
  })
})

describe('a person has to choose', () => {
  it.each([
    ['nobody is there', move, [], false, []],
    ['only a twin is there', move, [account({ givenName: 'Bob' })], false, ['A-1']],
    ['only one without a given name is there', move, [account({ givenName: '' })], false, ['A-1']],
    ['several are at the same address', move, [account(), other({})], true, ['A-1', 'A-2']],
    [
      'several are there, and none at the old address',
      move,
      [account(elsewhere), other(elsewhere)],
      true,
      ['A-1', 'A-2'],
    ],
    ['a name is all that is known', { ...move, person: nameOnly, oldAddress: streetOnly }, [account()], false, ['A-1']],
  ])('when %s', (_when, update, accounts, several, references) => {
    const match = matchName(updateOf(update), { accounts, more: false })
    expect(match).toMatchObject({ several })
    expect('candidates' in match && match.candidates.map(({ personReference }) => personReference)).toEqual(references)
  })

  it('when there are more than are read, and among twenty', () => {
    const accounts = Array.from({ length: 50 }, (_, index) => account({ accountRef: `A-${index}`, givenName: 'Bob' }))
    const match = matchName(updateOf(move), { accounts: [...accounts, account()], more: true })
    expect(match).toMatchObject({ several: true })
    expect('candidates' in match && match.candidates).toHaveLength(20)
  })

  it('between descriptions of one line, in which nothing acts', () => {
    const strange = account({ givenName: 'Bob\u001b[2J\n\u202e', addressLines: ['x'.repeat(500)] })
    const match = matchName(updateOf(move), { accounts: [strange], more: false })
    const [candidate] = 'candidates' in match ? match.candidates : []
    expect(candidate?.description).toMatch(/^Bob \[2J Quilliam; born 1980-01-02; x+$/)
    expect(candidate?.description).toHaveLength(200)
  })
})
