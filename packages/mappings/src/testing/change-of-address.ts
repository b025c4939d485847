import { type AddressUpdateRequested, postcode } from '@portreeve/model'

/** A change of address as a back office is asked to take it over. */
export const requested: AddressUpdateRequested = {
  system: 'crm',
  person: {
    personGivenName: 'Wanda',
    personFamilyName: "O'Tester",
    personBirthDate: '1980-02-29',
    emailAddress: 'wanda@example.org',
  },
  oldAddress: {
    paon: { startRange: { number: '1' } },
    streetDescription: 'Tannery Lane',
    town: 'Sallowmere',
    postcode: postcode.parse('ZZ99 1AA'),
  },
  newAddress: {
    saon: { description: 'FLAT 2' },
    paon: { startRange: { number: '14', suffix: 'B' } },
    streetDescription: 'Mill & Weir Street',
    town: 'Sallowmere',
    postcode: postcode.parse('ZZ99 1AB'),
  },
  movedOn: '2026-11-01',
  household: [
    { personGivenName: 'Tom', personFamilyName: 'Tester' },
    { personGivenName: 'Ina', personFamilyName: 'Tester' },
  ],
}

export const requestedBody = Buffer.from(JSON.stringify(requested))

const opening = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:p="https://portreeve.example/schemas/canonical/address-update-requested/1" exclude-result-prefixes="p">`

/** A stylesheet with this inside, which knows the canonical form by the prefix `p`. */
export function stylesheet(inside: string): string {
  return `${opening}\n${inside}\n</xsl:stylesheet>`
}
