import { keepLines } from './kept-lines.ts'

/** Somebody whom the system holds. Synthetic, always. */
export interface FakePerson {
  /** The system's own reference of the person. */
  readonly reference: string
  /** The council's. */
  readonly customer?: string
  readonly givenName: string
  readonly familyName: string
  /** YYYY-MM-DD. */
  readonly birthDate?: string
  /** One line. */
  readonly address?: string
  readonly postcode?: string
}

export type FakeStatus = 'new' | 'in-progress' | 'resolved' | 'rejected'

export interface FakeCase {
  readonly caseId: string
  readonly externalReference: string
  /** The system's own reference of the person. */
  readonly personReference: string
  readonly status: FakeStatus
  readonly words?: string
  /** Where the person lives from now on, in one line. */
  readonly newAddress: string
  readonly newPostcode?: string
}

/** One thing that took effect: a case was opened, or changed by somebody. */
export interface FakeEffect {
  /** From 1. */
  readonly sequence: number
  /** ISO 8601, UTC. */
  readonly at: string
  readonly caseId: string
  readonly externalReference: string
  readonly status: FakeStatus
  readonly words?: string
  readonly by: string
}

/** What a stand-in for cases remembers. */
export interface CaseStore {
  persons(): readonly FakePerson[]
  setPersons(persons: readonly FakePerson[]): void
  cases(): readonly FakeCase[]
  history(): readonly FakeEffect[]
  find(externalReference: string): FakeCase | undefined
  open(asked: Omit<FakeCase, 'caseId' | 'status'>): FakeCase
  changeStatus(caseId: string, status: FakeStatus, words: string | undefined, by: string): void
}

type Line =
  | { readonly persons: readonly FakePerson[] }
  | { readonly opened: FakeCase; readonly effect: FakeEffect }
  | FakeEffect

export interface CaseStoreOptions {
  /** Whom it holds, unless the file says otherwise. Default nobody. */
  readonly persons?: readonly FakePerson[]
  /** Where its record is kept over restarts. Default nowhere. */
  readonly file?: string
  /** Default the clock. */
  readonly now?: () => Date
  /** Author of the cases that are opened. */
  readonly integrationUser: string
  /** The system's own number of its nth case, from 1. */
  readonly caseIdOf: (number: number) => string
}

/** Lines of what happened, and what follows from them. */
export function openCaseStore(options: CaseStoreOptions): CaseStore {
  const { persons: given = [], file, now = () => new Date(), integrationUser, caseIdOf } = options
  let persons: readonly FakePerson[] = given
  const cases = new Map<string, FakeCase>()
  const history: FakeEffect[] = []
  const lines = keepLines<Line>(file, (line) => {
    if ('persons' in line) persons = line.persons
    else {
      const effect = 'opened' in line ? line.effect : line
      if ('opened' in line) cases.set(line.opened.caseId, line.opened)
      history.push(effect)
      apply(effect)
    }
  })

  function apply({ caseId, status, words }: FakeEffect): void {
    const found = caseOf(caseId)
    cases.set(caseId, { ...found, status, ...(words !== undefined && { words }) })
    if (status !== 'resolved') return
    const { personReference, newAddress: address, newPostcode: postcode } = found
    persons = persons.map((person) =>
      person.reference === personReference
        ? { ...person, address, ...(postcode !== undefined && { postcode }) }
        : person,
    )
  }

  function caseOf(caseId: string): FakeCase {
    const found = cases.get(caseId)
    if (!found) throw new RangeError(`the stand-in has no case ${caseId}`)
    return found
  }

  const find = (externalReference: string) =>
    cases.values().find((known) => known.externalReference === externalReference)
  const next = () => ({ sequence: history.length + 1, at: now().toISOString() })
  return {
    persons: () => persons,
    setPersons: (set) => lines.add({ persons: set }),
    cases: () => [...cases.values()],
    history: () => [...history],
    find,
    open(asked) {
      const opened: FakeCase = { ...asked, caseId: caseIdOf(cases.size + 1), status: 'new' }
      const { caseId, externalReference, status } = opened
      lines.add({ opened, effect: { ...next(), caseId, externalReference, status, by: integrationUser } })
      return opened
    },
    changeStatus(caseId, status, words, by) {
      const { externalReference } = caseOf(caseId)
      lines.add({ ...next(), caseId, externalReference, status, ...(words !== undefined && { words }), by })
    },
  }
}
