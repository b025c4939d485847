import type { FakePerson } from '@portreeve/adapter-sdk/stand-in'

export type FoundAccount =
  | { readonly accountId: string }
  | { readonly code: string; readonly description: string; readonly accounts: readonly object[] }

/** By what is surest of all that was told: the account, the council's reference, then name with date of birth or old postcode. */
export function findAccount(persons: readonly FakePerson[], form: URLSearchParams): FoundAccount {
  const told = (name: string) => form.get(name) || undefined
  const accountId = told('account_id')
  if (accountId !== undefined) return onlyOne(persons.filter(({ reference }) => reference === accountId))
  const customer = told('attribute[customer_reference]')
  const known = customer === undefined ? [] : persons.filter((person) => person.customer === customer)
  if (known.length > 0) return onlyOne(known)
  const birthDate = told('attribute[birth_date]')
  const postcode = told('attribute[old_postcode]')
  const near = persons
    .filter((person) => isSame(person.familyName, told('last_name')))
    .filter((person) => birthDate === undefined || person.birthDate === birthDate)
    .filter((person) => customer === undefined || person.customer === undefined)
  const named = near.filter((person) => isSame(person.givenName, told('first_name')))
  const atHome = named.filter((person) => isSame(person.postcode, postcode))
  if (birthDate === undefined) return onlyOne(atHome, near)
  return onlyOne(named.length > 1 && atHome.length === 1 ? atHome : named, near)
}

function onlyOne(fitting: readonly FakePerson[], near = fitting): FoundAccount {
  const [only, ...others] = fitting
  if (only !== undefined && others.length === 0) return { accountId: only.reference }
  const accounts = near.map(({ reference, givenName, familyName, birthDate, address, postcode }) => ({
    account_id: reference,
    first_name: givenName,
    last_name: familyName,
    birth_date: birthDate ?? null,
    address: [address, postcode].filter((part) => part !== undefined).join(', '),
  }))
  return near.length > 1
    ? { code: 'account_ambiguous', description: 'Several accounts may be meant.', accounts }
    : { code: 'account_not_found', description: 'No account fits.', accounts }
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase()
}
