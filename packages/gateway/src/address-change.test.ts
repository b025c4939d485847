import type { AddressChange } from '@portreeve/model'
import { expect, it } from 'vitest'
import { addressChange } from './address-change.ts'
import { readableKind } from './readable-kind.ts'

const { read } = readableKind(addressChange)
const example = addressChange.example as AddressChange
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))
const aboutOf = async (person: Partial<AddressChange['person']>) =>
  (await read(bytes({ ...example, person: { ...example.person, ...person } }))).about

it('says of the envelope what is known, and nothing else', async () => {
  expect((await read(bytes(example))).attributes).toEqual({ lgil: '11' })
  const known = {
    ...example,
    person: { ...example.person, customer: 'C-100045' },
    newAddress: { ...example.newAddress, uprn: '990000000203' },
  }
  expect((await read(bytes(known))).attributes).toEqual({ lgil: '11', uprn: '990000000203', customer: 'C-100045' })
})

it('knows one person again however they write their name', async () => {
  const one = await aboutOf({ personGivenName: 'Zoë  Anne', personFamilyName: "O'Synthetic" })
  expect(await aboutOf({ personGivenName: 'ZOE ANNE', personFamilyName: 'O SYNTHETIC' })).toBe(one)
  expect(await aboutOf({ personGivenName: 'Zoe-Anne', personFamilyName: 'O’Synthetic' })).toBe(one)
})

it('tells apart those whose names or births differ', async () => {
  const persons = [
    {},
    { personBirthDate: '1984-03-01' },
    { personGivenName: 'Wilhelm' },
    { personGivenName: 'Wilhelmina O', personFamilyName: 'Synthetic' },
    { personFamilyName: 'Øsynthetic' },
  ]
  const about = await Promise.all(persons.map(aboutOf))
  expect(new Set(about).size).toBe(persons.length)
})

it.each([
  ['a date that there is not', { movedOn: '2026-02-29' }, '/movedOn'],
  [
    'a reference that is longer than any',
    { person: { ...example.person, customer: 'x'.repeat(201) } },
    '/person/customer',
  ],
])('refuses %s', async (_what, change, path) => {
  await expect(read(bytes({ ...example, ...change }))).rejects.toMatchObject({
    code: 'PRV_GATEWAY_BODY_REFUSED',
    problems: [{ path }],
  })
})
