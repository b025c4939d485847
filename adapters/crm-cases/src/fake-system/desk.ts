import type { HttpAnswer } from '@portreeve/adapter-sdk/stand-in'
import type { CaseAddress, NewCase } from '../vendor-types.ts'
import type { FakePerson, FakeStatus, Store } from './store.ts'

const statuses: Readonly<Record<FakeStatus, string>> = {
  new: 'New',
  'in-progress': 'InProgress',
  resolved: 'Resolved',
  rejected: 'Rejected',
}

export function listParties(store: Store, asked: URLSearchParams): HttpAnswer {
  const limit = Number(asked.get('limit') ?? 50)
  const found = store.persons().filter((person) => fits(person, asked))
  return { status: 200, body: { parties: found.slice(0, limit).map(toParty), more: found.length > limit } }
}

export function listCases(store: Store, asked: URLSearchParams): HttpAnswer {
  const found = store.find(asked.get('externalReference') ?? '')
  return { status: 200, body: { cases: found ? [{ ...found, status: statuses[found.status] }] : [] } }
}

export function listChanges(store: Store, asked: URLSearchParams): HttpAnswer {
  const history = store.history()
  const after = Number(asked.get('after') ?? 0)
  const changes = history
    .filter(({ sequence }) => sequence > after)
    .slice(0, Number(asked.get('limit') ?? 100))
    .map(({ sequence, caseId, externalReference, status, words, by, at }) => ({
      sequence,
      caseId,
      externalReference,
      status: statuses[status],
      resolution: words ?? null,
      changedBy: by,
      changedAt: at,
    }))
  return { status: 200, body: { changes, latest: history.length } }
}

export function openCase(store: Store, caseType: string, body: string): HttpAnswer {
  const { externalReference, partyId, type, newAddress }: NewCase = JSON.parse(body)
  const known = store.find(externalReference)
  if (known) return { status: 409, body: { caseId: known.caseId, externalReference } }
  if (type !== caseType) return { status: 422, body: { code: 'type-unknown', message: `There is no type ${type}.` } }
  if (!store.persons().some(({ reference }) => reference === partyId)) {
    return { status: 422, body: { code: 'party-unknown', message: `There is no party ${partyId}.` } }
  }
  const { postcode: newPostcode } = newAddress
  const { caseId } = store.open({
    externalReference,
    personReference: partyId,
    newAddress: inOneLine(newAddress),
    ...(newPostcode !== undefined && { newPostcode }),
  })
  return { status: 201, body: { caseId, externalReference } }
}

function fits(person: FakePerson, asked: URLSearchParams): boolean {
  const wanted: readonly [string, string | undefined][] = [
    ['partyId', person.reference],
    ['customerReference', person.customer],
    ['familyName', person.familyName],
    ['birthDate', person.birthDate],
    ['postcode', person.postcode],
  ]
  return wanted.every(([name, value]) => !asked.has(name) || asked.get(name)?.toLowerCase() === value?.toLowerCase())
}

function toParty({ reference: partyId, customer, ...person }: FakePerson) {
  return { partyId, customerReference: customer ?? null, ...person }
}

function inOneLine({ flat, building, number, street, locality, town }: CaseAddress): string {
  const streetLine = number === undefined ? street : `${number} ${street}`
  return [flat, building, streetLine, locality, town].filter((part) => part !== undefined).join(', ')
}
