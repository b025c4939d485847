import { joined } from '@portreeve/adapter-sdk'
import { type AddressUpdateRequested, type Bs7666Address, objectName, objectNumber, placeName } from '@portreeve/model'
import type { RequestForm } from './vendor-types.ts'

export const addressUpdateRequested = 'customer.address-update.requested'

type Person = NonNullable<AddressUpdateRequested['household']>[number]

/** A change of address as the form of a service request. Pure: the same request makes the same form. */
export function toForm(update: AddressUpdateRequested, externalReference: string): RequestForm {
  const { personReference, person, oldAddress, newAddress, movedOn, household = [] } = update
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['attribute[external_reference]', externalReference],
    ['account_id', personReference],
    ['first_name', person.personGivenName],
    ['last_name', person.personFamilyName],
    ['email', person.emailAddress],
    ['phone', person.telNationalNumber],
    ['address_string', inOneLine(newAddress)],
    ['address_id', newAddress.uprn],
    ['attribute[title]', person.personTitle],
    ['attribute[birth_date]', person.personBirthDate],
    ['attribute[customer_reference]', person.customer],
    ['attribute[moved_on]', movedOn],
    ['attribute[new_postcode]', newAddress.postcode],
    ['attribute[old_address]', inOneLine(oldAddress)],
    ['attribute[old_address_id]', oldAddress.uprn],
    ['attribute[old_postcode]', oldAddress.postcode],
    ...household.map((member) => ['attribute[household][]', memberInOneLine(member)] as const),
  ]
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}

function memberInOneLine({ personTitle, personGivenName, personFamilyName, personBirthDate }: Person): string {
  const born = personBirthDate === undefined ? undefined : `(${personBirthDate})`
  return joined(' ', personTitle, personGivenName, personFamilyName, born)
}

/** From the most specific to the most general unit, as GeoReport v2 asks for; the postcode has a field of its own. */
function inOneLine(address: Bs7666Address): string {
  const { saon, paon } = address
  return joined(
    ', ',
    saon && objectName(saon),
    paon.description,
    joined(' ', objectNumber(paon), address.streetDescription),
    address.locality,
    placeName(address),
  )
}
