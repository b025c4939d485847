import type { CaseStore, FakePerson, FakeStatus, HttpAnswer, StandInRequest } from '@portreeve/adapter-sdk/stand-in'
import type { CaseAddress, NewCase } from '../vendor-types.ts'

const statuses: Readonly<Record<FakeStatus, string>> = {
  new: 'New',
  'in-progress': 'InProgress',
  resolved: 'Resolved',
  rejected: 'Rejected',
}

export interface DeskOptions {
  readonly store: CaseStore
  readonly apiKey: string
  readonly caseType: string
}

/** What the CRM answers when it behaves well. */
export function openDesk({ store, apiKey, caseType }: DeskOptions): (request: StandInRequest) => HttpAnswer {
  return ({ method, path, query, authorization, body }) => {
    if (authorization !== `Bearer ${apiKey}`) return { status: 401, body: { code: 'login' } }
    switch (`${method} ${path}`) {
      case 'GET /parties':
        return listParties(store, query)
      case 'GET /cases':
        return listCases(store, query)
      case 'GET /case-changes':
        return listChanges(store, query)
      case 'POST /cases':
        return openCase(store, caseType, body)
      default:
        return { status: 404, body: { code: 'no-such-page' } }
    }
  }
}

function listParties(store: CaseStore, asked: URLSearchParams): HttpAnswer {
  const limit = Number(asked.get('limit') ?? 50)
  const found = store.persons().filter((person) => fits(person, asked))
  return { status: 200, body: { parties: found.slice(0, limit).map(toParty), more: found.length > limit } }
}

function listCases(store: CaseStore, asked: URLSearchParams): HttpAnswer {
  const found = store.find(asked.get('externalReference') ?? '')
  return { status: 200, body: { cases: found ? [{ ...found, status: statuses[found.status] }] : [] } }
}

function listChanges(store: CaseStore, asked: URLSearchParams): HttpAnswer {
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

function openCase(store: CaseStore, caseType: string, body: string): HttpAnswer {
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
