import type { AddressChange } from '@portreeve/model'

/** Nobody of these exists. The back offices do not hold all of them, and one of them twice. */
const wilhelmina = { givenName: 'Wilhelmina Ada', familyName: "O'Synthetic", birthDate: '1984-02-29' }
const ambrose = { givenName: 'Ambrose', familyName: 'Sampleby', birthDate: '1990-05-17' }
const perpetua = { givenName: 'Perpetua', familyName: 'Notional', birthDate: '1961-11-02' }

export const crmPersons = [
  { reference: 'P-100', customer: 'C-100045', ...wilhelmina, address: '14 Tannery Row', postcode: 'ZZ99 3WZ' },
  { reference: 'P-201', ...ambrose, address: '2 Quay Street', postcode: 'ZZ99 5WZ' },
  { reference: 'P-202', ...ambrose, address: '2 Quay Street', postcode: 'ZZ99 5WZ' },
  { reference: 'P-300', ...perpetua, address: '7 Beacon Hill', postcode: 'ZZ99 6WZ' },
]

export const accounts = [
  { accountRef: '70000014', ...wilhelmina, addressLines: ['14 Tannery Row'], postcode: 'ZZ99 3WZ' },
  { accountRef: '70000021', ...ambrose, addressLines: ['2 Quay Street'], postcode: 'ZZ99 5WZ' },
]

export const electors = [
  { number: 'EA-1', forenames: 'Wilhelmina Ada', surname: "O'Synthetic", address: '14 Tannery Row' },
  { number: 'EA-2', forenames: 'Ambrose', surname: 'Sampleby', address: '2 Quay Street' },
  { number: 'EA-3', forenames: 'Perpetua', surname: 'Notional', address: '7 Beacon Hill' },
]

const street = (number: string, streetDescription: string, postcode: string): AddressChange['oldAddress'] =>
  ({ paon: { startRange: { number } }, streetDescription, town: 'Sallowmere', postcode }) as AddressChange['oldAddress']

const person = ({ givenName, familyName, birthDate }: typeof ambrose, emailAddress: string) => ({
  personGivenName: givenName,
  personFamilyName: familyName,
  personBirthDate: birthDate,
  emailAddress,
})

const flat = (number: string, uprn: string): AddressChange['oldAddress'] =>
  ({
    ...street('3', 'Mill Lane', 'ZZ99 4WZ'),
    saon: { startRange: { number } },
    uprn,
  }) as AddressChange['oldAddress']

const newHome = flat('2', '990000000203')
/** By the register of addresses, two may live there, and two do. */
const fullHome = flat('1', '990000000201')

/** What the citizens of the demonstration say, with the day on which they moved as days before today. */
export const changesOfAddress = [
  {
    says: 'Wilhelmina moved a week ago.',
    daysAgo: 7,
    body: {
      person: { ...person(wilhelmina, 'wilhelmina@example.org'), customer: 'C-100045' },
      oldAddress: street('14', 'Tannery Row', 'ZZ99 3WZ'),
      newAddress: newHome,
    },
  },
  {
    says: 'Ambrose moved three days ago. The CRM has two of him.',
    daysAgo: 3,
    body: {
      person: person(ambrose, 'ambrose@example.org'),
      oldAddress: street('2', 'Quay Street', 'ZZ99 5WZ'),
      newAddress: newHome,
    },
  },
  {
    says: 'Perpetua moved two years ago, into a home that is full. Council tax does not know her.',
    daysAgo: 730,
    body: {
      person: person(perpetua, 'perpetua@example.org'),
      oldAddress: street('7', 'Beacon Hill', 'ZZ99 6WZ'),
      newAddress: fullHome,
    },
  },
] as const
