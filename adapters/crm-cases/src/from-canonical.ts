import type { AddressUpdateRequested, Bs7666Address } from '@portreeve/model'
import type { CaseAddress, CasePerson, NewCase } from './vendor-types.ts'

export const addressUpdateRequested = 'customer.address-update.requested'

export interface CaseHead {
  /** Id of the request: the CRM recognises a repeat by it. */
  readonly externalReference: string
  readonly partyId: string
  /** As the CRM calls changes of address. */
  readonly type: string
}

/** A change of address as a new case. Pure: the same request makes the same case. */
export function toCase(update: AddressUpdateRequested, { externalReference, partyId, type }: CaseHead): NewCase {
  const { person, oldAddress, newAddress, movedOn, household = [] } = update
  return {
    externalReference,
    partyId,
    type,
    oldAddress: toAddress(oldAddress),
    newAddress: toAddress(newAddress),
    movedOn,
    household: household.map(toPerson),
    contact: {
      ...(person.emailAddress !== undefined && { email: person.emailAddress }),
      ...(person.telNationalNumber !== undefined && { telephone: person.telNationalNumber }),
    },
  }
}

function toPerson(person: NonNullable<AddressUpdateRequested['household']>[number]): CasePerson {
  return {
    ...(person.personTitle !== undefined && { title: person.personTitle }),
    givenName: person.personGivenName,
    familyName: person.personFamilyName,
    ...(person.personBirthDate !== undefined && { birthDate: person.personBirthDate }),
  }
}

/** BS7666 into the lines of a CRM: the secondary object is a flat, the primary one a name, a number or both. */
function toAddress({ saon, paon, ...address }: Bs7666Address): CaseAddress {
  const flat = joined(saon?.description, numberOf(saon))
  const number = numberOf(paon)
  const town = address.postTown ?? address.town ?? address.administrativeArea
  return {
    ...(address.uprn !== undefined && { uprn: address.uprn }),
    ...(flat !== undefined && { flat }),
    ...(paon.description !== undefined && { building: paon.description }),
    ...(number !== undefined && { number }),
    street: address.streetDescription,
    ...(address.locality !== undefined && { locality: address.locality }),
    ...(town !== undefined && { town }),
    ...(address.postcode !== undefined && { postcode: address.postcode }),
  }
}

/** `4`, `4A` or `4A-6`. */
function numberOf(name: Bs7666Address['saon']): string | undefined {
  const [start, end] = [name?.startRange, name?.endRange].map(
    (range) => range && `${range.number}${range.suffix ?? ''}`,
  )
  return start === undefined || end === undefined ? start : `${start}-${end}`
}

function joined(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.filter((part) => part !== undefined).join(' ') || undefined
}
