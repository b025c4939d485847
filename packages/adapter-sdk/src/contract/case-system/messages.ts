import type { Message } from '@portreeve/envelope'
import type { FakePerson } from '../../stand-in/index.ts'

export const ada: FakePerson = {
  reference: 'P-1',
  customer: 'CUST-1',
  givenName: 'Ada',
  familyName: 'Quilliam',
  birthDate: '1980-01-02',
  address: '4 QUAY LANE, SALLOWMERE',
  postcode: 'ZZ99 1AA',
}

/** Ada Quilliam moves from the quay to the mill. */
export const move = {
  system: 'crm',
  person: { personGivenName: 'Ada', personFamilyName: 'Quilliam', personBirthDate: '1980-01-02' },
  oldAddress: {
    paon: { startRange: { number: '4' } },
    streetDescription: 'QUAY LANE',
    town: 'SALLOWMERE',
    postcode: 'ZZ99 1AA',
  },
  newAddress: {
    paon: { description: 'THE OLD MILL', startRange: { number: '12', suffix: 'A' } },
    streetDescription: 'MILL STREET',
    town: 'SALLOWMERE',
    postcode: 'ZZ99 2BB',
    uprn: '100099990012',
  },
  movedOn: '2026-03-01',
}

export function requestOf(id: string, body: object = move): Message {
  return {
    envelope: {
      id,
      source: '/x99000001/address-change',
      type: 'customer.address-update.requested',
      time: '2026-03-02T10:00:00Z',
      dataContentType: 'application/json',
      reference: '9R3R-L632',
      correlationId: id,
      authority: 'X99000001',
      channel: 'web',
    },
    body: new TextEncoder().encode(JSON.stringify(body)),
  }
}
