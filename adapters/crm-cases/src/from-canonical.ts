import { type AddressUpdateRequested, type Bs7666Address, objectName, objectNumber, placeName } from '@portreeve/model'
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
function toAddress(address: Bs7666Address): CaseAddress {
  const { saon, paon } = address
  const flat = saon && objectName(saon)
  const number = objectNumber(paon)
  const town = placeName(address)
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
