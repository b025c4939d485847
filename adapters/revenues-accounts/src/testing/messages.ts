import { move as moveOfCases, requestOf as requestOfCases } from '@portreeve/adapter-sdk/contract'
import type { Message } from '@portreeve/envelope'
import type { FakeAccount } from '../fake-system.ts'

export const ada: FakeAccount = {
  accountRef: 'A-1',
  familyName: 'Quilliam',
  givenName: 'Ada',
  birthDate: '1980-01-02',
  uprn: '100099990001',
  addressLines: ['4 QUAY LANE', 'SALLOWMERE'],
  postcode: 'ZZ99 1AA',
  status: 'OPEN',
}

/** The same move as systems for cases are told, from an address whose UPRN is known. */
export const move = {
  ...moveOfCases,
  system: 'revenues',
  oldAddress: { ...moveOfCases.oldAddress, uprn: '100099990001' },
}

export function requestOf(id: string, body: object = move): Message {
  return requestOfCases(id, body)
}
