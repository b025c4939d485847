import type { AddressUpdateRequested, Candidate } from '@portreeve/model'
import type { FoundAccounts } from './client.ts'
import type { Account } from './vendor-types.ts'

/** Whose account is meant, or those that may be meant: none, one that is not sure, or several. */
export type Match =
  | { readonly accountRef: string }
  | { readonly several: boolean; readonly candidates: readonly Candidate[] }

const mostCandidates = 20

/** The account that somebody chose, where it is there and open. */
export function matchReference({ accounts }: FoundAccounts): Match {
  const [only] = accounts
  return only ? { accountRef: only.accountRef } : { several: false, candidates: [] }
}

/**
 * Of the accounts that a search has brought. The given name has to fit as well, for twins share all else; an initial fits
 * every name that begins with it. Where several fit, the old UPRN decides, or else the old postcode. A family name alone
 * proves nothing.
 */
export function matchName(update: AddressUpdateRequested, { accounts, more }: FoundAccounts): Match {
  const { person, oldAddress } = update
  const isSearchable = [person.personBirthDate, oldAddress.postcode, oldAddress.uprn].some((each) => each !== undefined)
  const fitting = accounts.filter(({ givenName }) => isSameGivenName(givenName, person.personGivenName))
  const [sure, ...others] = narrowed(fitting, update)
  if (isSearchable && sure && others.length === 0 && !more) return { accountRef: sure.accountRef }
  return { several: fitting.length > 1 || more, candidates: accounts.slice(0, mostCandidates).map(toCandidate) }
}

function narrowed(accounts: readonly Account[], { oldAddress }: AddressUpdateRequested): readonly Account[] {
  if (accounts.length < 2) return accounts
  const { uprn, postcode } = oldAddress
  const there = uprn === undefined ? [] : accounts.filter((account) => account.uprn === uprn)
  if (there.length > 0) return there
  const near = postcode === undefined ? [] : accounts.filter((account) => plain(account.postcode) === plain(postcode))
  return near.length > 0 ? near : accounts
}

/** The first of the given names counts. */
function isSameGivenName(one: string, other: string): boolean {
  const [mine, theirs] = [one, other].map((names) => plain(names.trim().split(/[\s.]+/)[0] ?? ''))
  if (!mine || !theirs) return false
  return mine === theirs || (Math.min(mine.length, theirs.length) === 1 && mine[0] === theirs[0])
}

/** Letter case, spaces and the way in which an accent is written do not count. */
function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, '')
}

function toCandidate({ accountRef, givenName, familyName, birthDate, addressLines, postcode }: Account): Candidate {
  const where = [...addressLines, postcode].filter((part) => part !== '').join(', ')
  const parts = [`${givenName} ${familyName}`.trim(), birthDate && `born ${birthDate}`, where]
  return { personReference: accountRef, description: shown(parts.filter((part) => part !== '').join('; ')) }
}

/** Nothing of their text moves a terminal or fills a screen. */
function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.slice(0, 200) || 'no name'
}
