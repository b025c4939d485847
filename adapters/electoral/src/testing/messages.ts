import type { Message } from '@portreeve/envelope'
import type { AddressUpdateRequested, Person } from '@portreeve/model'

type Body = Record<string, unknown>

export const ann: Person = { personGivenName: 'Ann', personFamilyName: 'Example', personBirthDate: '1980-01-31' }

/** Asks for a household's move within Sallowmere; `more` takes the place of what it says. */
export function requestBody(more: Partial<AddressUpdateRequested> | Body = {}): Body {
  const address = { paon: { startRange: { number: '1' } }, streetDescription: 'HIGH STREET', town: 'SALLOWMERE' }
  return {
    system: 'electoral',
    person: ann,
    oldAddress: { ...address, postcode: 'ZZ99 1AA' },
    newAddress: {
      ...address,
      saon: { description: 'FLAT 2' },
      paon: { startRange: { number: '12', suffix: 'A' }, endRange: { number: '14' } },
      postcode: 'ZZ99 1AB',
      uprn: '10000000001',
    },
    movedOn: '2026-03-01',
    ...more,
  }
}

/** A message as the broker hands it over. */
export function addressUpdate(id: string, more: Partial<AddressUpdateRequested> | Body = {}): Message {
  return {
    envelope: {
      id,
      source: '/x99000001/process',
      type: 'customer.address-update.requested',
      time: '2026-03-02T10:00:00.000Z',
      dataContentType: 'application/json',
      reference: '9R3R-L632',
      correlationId: id,
      authority: 'X99000001',
      channel: 'web',
    },
    body: new TextEncoder().encode(JSON.stringify(requestBody(more))),
  }
}
