import type { AddressUpdateRequested, Bs7666Address } from '@portreeve/model'
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
function inOneLine({ saon, paon, ...address }: Bs7666Address): string {
  return joined(
    ', ',
    joined(' ', saon?.description, numberOf(saon)),
    paon.description,
    joined(' ', numberOf(paon), address.streetDescription),
    address.locality,
    address.postTown ?? address.town ?? address.administrativeArea,
  )
}

/** `4`, `4A` or `4A-6`. */
function numberOf(name: Bs7666Address['saon']): string | undefined {
  const [start, end] = [name?.startRange, name?.endRange].map(
    (range) => range && `${range.number}${range.suffix ?? ''}`,
  )
  return start === undefined || end === undefined ? start : `${start}-${end}`
}

function joined(by: string, ...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(by)
}
