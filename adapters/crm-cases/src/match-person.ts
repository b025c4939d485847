import { joined, mostCandidates, toCandidate } from '@portreeve/adapter-sdk'
import type { AddressUpdateRequested, Candidate } from '@portreeve/model'
import type { Party, PartyQuery } from './vendor-types.ts'

/** Who is meant, or those who may be meant: none, one that is not sure, or several. */
export type Match =
  | { readonly partyId: string }
  | { readonly several: boolean; readonly candidates: readonly Candidate[] }

export interface Found {
  readonly parties: readonly Party[]
  /** There are others, whom the CRM left out. */
  readonly more: boolean
}

/** What to ask for first: the person that somebody chose, or the council's own reference; `null`: neither is known. */
export function referenceQuery({ personReference, person }: AddressUpdateRequested): PartyQuery | null {
  if (personReference !== undefined) return { partyId: personReference }
  return person.customer === undefined ? null : { customerReference: person.customer }
}

/** By the date of birth where it is known, else by the postcode of the old address. */
export function nameQuery({ person, oldAddress }: AddressUpdateRequested): PartyQuery {
  const { personFamilyName: familyName, personBirthDate: birthDate } = person
  if (birthDate !== undefined) return { familyName, birthDate }
  return oldAddress.postcode === undefined ? { familyName } : { familyName, postcode: oldAddress.postcode }
}

/** The answer to a `referenceQuery` is taken only where it has exactly the one that was asked for. */
export function matchReference({ personReference, person }: AddressUpdateRequested, found: Found): Match {
  const fitting = found.parties.filter(({ partyId, customerReference }) =>
    personReference === undefined ? customerReference === person.customer : partyId === personReference,
  )
  // A reference that somebody mistyped is another person's: the name has to fit, unless a person has chosen.
  const named = fitting.filter(
    ({ familyName }) => personReference !== undefined || isSame(familyName, person.personFamilyName),
  )
  return oneOf(named, { ...found, parties: fitting })
}

/**
 * The answer to a `nameQuery`. The given name has to fit as well: twins share all else. Who has another reference of the
 * council's is somebody else. Where several fit, the old postcode may decide. A name alone proves nothing.
 */
export function matchName(update: AddressUpdateRequested, found: Found): Match {
  const { person, oldAddress } = update
  const possible = found.parties.filter(
    ({ customerReference }) =>
      customerReference == null || customerReference === (person.customer ?? customerReference),
  )
  const candidates = { ...found, parties: possible }
  if (person.personBirthDate === undefined && oldAddress.postcode === undefined) return oneOf([], candidates)
  const named = possible.filter((party) => isNamed(party, update))
  const atHome = named.filter(({ postcode }) => isSame(postcode, oldAddress.postcode))
  if (found.more) return oneOf([], candidates)
  return oneOf(named.length > 1 && atHome.length === 1 ? atHome : named, candidates)
}

function oneOf([only, ...others]: readonly Party[], { parties, more }: Found): Match {
  if (only !== undefined && others.length === 0 && !more) return { partyId: only.partyId }
  return { several: parties.length > 1 || more, candidates: parties.slice(0, mostCandidates).map(candidateOf) }
}

/** A system may answer a question more widely than it was asked. */
function isNamed(party: Party, { person, oldAddress }: AddressUpdateRequested): boolean {
  const sure =
    person.personBirthDate === undefined
      ? isSame(party.postcode, oldAddress.postcode)
      : party.birthDate === person.personBirthDate
  return sure && isSame(party.familyName, person.personFamilyName) && isSame(party.givenName, person.personGivenName)
}

/** Letter case, spaces and the way in which an accent is written do not count. */
function isSame(one: string | null | undefined, other: string | undefined): boolean {
  if (one == null || other === undefined) return false
  return plain(one) === plain(other)
}

function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, '')
}

function candidateOf({ partyId, givenName, familyName, birthDate, address, postcode }: Party): Candidate {
  const where = joined(', ', address, postcode)
  return toCandidate(partyId, { name: `${givenName} ${familyName}`, birthDate, address: where })
}
