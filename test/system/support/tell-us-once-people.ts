import type { AddressChange } from '@portreeve/model'

/** Somebody of Sallowmere, whom nobody could meet. */
export interface Inhabitant {
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
  /** The council's own reference. */
  readonly customer: string
}

const givenNames = ['Ambrose', 'Perpetua', 'Cosmo', 'Drusilla', 'Ezekiel', 'Fenella', 'Gawain', 'Hestia']

/** Each office holds each of them once. */
export const inhabitants: readonly Inhabitant[] = givenNames.map((givenName, index) => ({
  givenName,
  familyName: 'Sampleby',
  birthDate: `19${60 + index}-03-01`,
  customer: `C-1000${index}`,
}))

export function person(index: number): Inhabitant {
  const found = inhabitants[index]
  if (!found) throw new RangeError(`there are ${inhabitants.length} of them`)
  return found
}

/** The CRM holds her twice, every other office once. The council has given her no reference. */
export const twice = { givenName: 'Wilhelmina', familyName: "O'Synthetic", birthDate: '1984-02-29' }

/** No office holds him. */
export const nobody = { givenName: 'Aloysius', familyName: 'Notional', birthDate: '1950-06-01' }

export const oldHome = {
  paon: { startRange: { number: '14' } },
  streetDescription: 'Tannery Row',
  town: 'Sallowmere',
  postcode: 'ZZ99 3WZ',
} as const

export type Change = Omit<AddressChange, 'oldAddress' | 'newAddress'> & {
  readonly oldAddress: object
  readonly newAddress: object
}

export interface ChangeOptions extends Partial<Omit<Change, 'person'>> {
  readonly emailAddress?: string
}

/** A change of address as a web form sends it: of today, to number `number` of Mill Lane. */
export function changeOf(
  { givenName, familyName, birthDate, customer }: Omit<Inhabitant, 'customer'> & { readonly customer?: string },
  number: number,
  { emailAddress, ...more }: ChangeOptions = {},
): Change {
  return {
    person: {
      personGivenName: givenName,
      personFamilyName: familyName,
      personBirthDate: birthDate,
      ...(customer !== undefined && { customer }),
      ...(emailAddress !== undefined && { emailAddress }),
    },
    oldAddress: oldHome,
    newAddress: { ...oldHome, paon: { startRange: { number: `${number}` } }, streetDescription: 'Mill Lane' },
    movedOn: new Date().toISOString().slice(0, 10),
    ...more,
  }
}

/** A day so many days before today. */
export function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
}
