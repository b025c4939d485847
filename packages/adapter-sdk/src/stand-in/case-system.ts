import type { CaseStore, FakeStatus } from './case-store.ts'
import type { HttpBehaviour, HttpBehaviours, HttpRequestKind } from './http-behaviour.ts'

/** How a stand-in for cases is set up, whichever supplier's it is. */
export interface FakeCaseSystemOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Default `secret`. */
  readonly apiKey?: string
  /** Author of what that login writes. Default `portreeve`. */
  readonly integrationUser?: string
  /** Kind of case that it knows; any other is refused. Default `change-of-address`. */
  readonly caseType?: string
}

/** A stand-in for cases, on the loopback interface. What is played at one can be played at any other. */
export interface FakeCaseSystem extends Pick<CaseStore, 'persons' | 'setPersons' | 'cases' | 'history'> {
  /** `http://127.0.0.1:<port>`, the same after `comeBack`. */
  readonly baseUrl: string
  /** Somebody there works on a case. What is resolved moves the person. Default author: `clerk`. */
  changeStatus(caseId: string, status: FakeStatus, words?: string, by?: string): void
  /** How often it was asked to write and to read since the start. */
  requests(): Readonly<Record<HttpRequestKind, number>>
  /** From the next request on; none means to behave well. Requests under way go on as they began. */
  misbehave(...behaviours: readonly HttpBehaviour[]): void
  /** Nothing listens any more; what is open is cut. */
  goDown(): Promise<void>
  comeBack(): Promise<void>
  /** What took effect stays in the file. */
  close(): Promise<void>
}

/** The part of a system that has nothing to do with its door. */
export function caseSystemParts(
  store: CaseStore,
  behaviours: HttpBehaviours,
): Pick<FakeCaseSystem, 'persons' | 'setPersons' | 'cases' | 'history' | 'changeStatus' | 'misbehave'> {
  return {
    persons: store.persons,
    setPersons: store.setPersons,
    cases: store.cases,
    history: store.history,
    changeStatus: (caseId, status, words, by = 'clerk') => store.changeStatus(caseId, status, words, by),
    misbehave: (...given) => behaviours.set(...given),
  }
}
