import { jsonFormat } from '@portreeve/formats'
import { type AddressChange, acceptedSchema, addressChangeSchema } from '@portreeve/model'
import type { TransactionKind } from './transaction-kind.ts'

const schema = acceptedSchema(addressChangeSchema)

/** LGIL 11, changing circumstances (esd standards). The service list has no service for a move: there is no LGSL id. */
const lgil = '11'

/** A person says once that they have moved. */
export const addressChange: TransactionKind<AddressChange> = {
  name: 'address-change',
  type: 'customer.address.changed',
  summary: 'A person, with their household, has moved: every service that holds them is told.',
  schema,
  format: jsonFormat<AddressChange>({ schema, tellsValues: false, limits: { maxProblems: 20 } }),
  example: {
    person: {
      personGivenName: 'Wilhelmina',
      personFamilyName: "O'Synthetic",
      personBirthDate: '1984-02-29',
      emailAddress: 'w.osynthetic@example.org',
    },
    oldAddress: {
      paon: { startRange: { number: '14' } },
      streetDescription: 'Tannery Row',
      town: 'Sallowmere',
      postcode: 'ZZ99 3WZ',
    },
    newAddress: {
      paon: { description: 'MILL HOUSE' },
      streetDescription: 'Mill Lane',
      town: 'Sallowmere',
      postcode: 'ZZ99 4WZ',
    },
    movedOn: '2026-11-01',
    tell: ['council-tax'],
  },
  describe({ person, newAddress }) {
    const { customer, personGivenName, personFamilyName, personBirthDate = '' } = person
    const { uprn } = newAddress
    return {
      attributes: { lgil, ...(uprn !== undefined && { uprn }), ...(customer !== undefined && { customer }) },
      about: [personGivenName, personFamilyName, personBirthDate].map(asOneWrites).join('|'),
    }
  },
}

/** However a person writes their name: without accents, case and punctuation. */
function asOneWrites(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
