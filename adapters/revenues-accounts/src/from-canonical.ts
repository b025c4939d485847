import { joined } from '@portreeve/adapter-sdk'
import { type AddressUpdateRequested, type Bs7666Address, objectName, objectNumber, placeName } from '@portreeve/model'
import type { AccountSearch } from './client.ts'
import type { NewChange } from './vendor-types.ts'

export const addressUpdateRequested = 'customer.address-update.requested'

/** By the date of birth where it is known, else by the old address; by the name alone where nothing else is known. */
export function toSearch({ person, oldAddress }: AddressUpdateRequested): AccountSearch {
  const { personFamilyName, personBirthDate } = person
  const familyName = personFamilyName.trim()
  if (personBirthDate !== undefined) return { familyName, by: 'birthDate', value: personBirthDate }
  if (oldAddress.postcode !== undefined) return { familyName, by: 'postcode', value: oldAddress.postcode }
  if (oldAddress.uprn !== undefined) return { familyName, by: 'uprn', value: oldAddress.uprn }
  return { familyName, by: 'name', value: '' }
}

export interface ChangeHead {
  readonly externalReference: string
  readonly accountRef: string
  /** How many lines the table has for an address. */
  readonly lines: number
}

/** A change of address as a row of the interface table. Pure: the same request makes the same row. */
export function toChange(
  { newAddress, movedOn }: AddressUpdateRequested,
  { externalReference, accountRef, lines }: ChangeHead,
): NewChange {
  return {
    externalReference,
    accountRef,
    uprn: newAddress.uprn ?? null,
    addressLines: toLines(newAddress, lines),
    postcode: newAddress.postcode ?? null,
    movedOn,
  }
}

/** As it stands on an envelope, without the postcode; the last line takes what is left over. */
function toLines(address: Bs7666Address, count: number): readonly (string | null)[] {
  const { saon, paon } = address
  const parts = [
    saon && objectName(saon),
    paon.description,
    joined(' ', objectNumber(paon), address.streetDescription),
    address.locality,
    placeName(address),
  ].filter((part) => part !== undefined)
  const last = parts.slice(count - 1).join(', ')
  return Array.from({ length: count }, (_, index) => (index === count - 1 ? last : parts[index]) || null)
}
