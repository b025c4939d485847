import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type HttpBehaviour, HttpBehaviours, type HttpRequestKind } from '@portreeve/adapter-sdk/stand-in'
import { createListener } from './fake-system/listener.ts'
import { type FakeCase, type FakeEffect, type FakePerson, type FakeStatus, openStore } from './fake-system/store.ts'

/**
 * A stand-in of a CRM with parties and cases, on the loopback interface. Its API is our invention.
 *
 * - `GET /parties?partyId=…|customerReference=…|familyName=…[&birthDate=…][&postcode=…]&limit=…`: 200,
 *   `{"parties":[{"partyId","customerReference","givenName","familyName","birthDate","address","postcode"}],"more":false}`.
 * - `POST /cases`: `{"externalReference","partyId","type","oldAddress","newAddress","movedOn","household","contact"}`. 201 and
 *   `{"caseId","externalReference"}`; 409 and the same of the case that has this external reference already; 422 and
 *   `{"code","message"}`.
 * - `GET /cases?externalReference=…`: 200, `{"cases":[{"caseId","externalReference","partyId","status"}]}`.
 * - `GET /case-changes?after=<sequence>&limit=…`: 200, `{"changes":[{"sequence","caseId","externalReference","status",
 *   "resolution","changedBy","changedAt"}],"latest"}`, by sequence.
 *
 * Login: `authorization: Bearer <key>`, or 401.
 */
export interface FakeSystemOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Default `secret`. */
  readonly apiKey?: string
  /** Author of what that login writes. Default `portreeve`. */
  readonly integrationUser?: string
  /** Kind of case that it knows; any other is refused. Default `change-of-address`. */
  readonly caseType?: string
  /** Whom it holds, unless the file says otherwise. */
  readonly persons?: readonly FakePerson[]
  /** Where its record is kept over restarts. Default nowhere. */
  readonly file?: string
  /** Default the clock. */
  readonly now?: () => Date
}

/** The same as that of `crm-open311`: what is played at the one can be played at the other. */
export interface FakeSystem {
  /** `http://127.0.0.1:<port>`, the same after `comeBack`. */
  readonly baseUrl: string
  persons(): readonly FakePerson[]
  /** Takes the place of all persons. Cases stay. */
  setPersons(persons: readonly FakePerson[]): void
  /** In the order in which they were opened. */
  cases(): readonly FakeCase[]
  /** Somebody there works on a case. What is resolved moves the person. Default author: `clerk`. */
  changeStatus(caseId: string, status: FakeStatus, words?: string, by?: string): void
  /** All that took effect, in its order. */
  history(): readonly FakeEffect[]
  /** How often it was asked to write and to read since the start. */
  requests(): Readonly<Record<HttpRequestKind, number>>
  /** From the next request on; none means to behave well. Requests under way go on as they began. */
  misbehave(...behaviours: readonly HttpBehaviour[]): void
  /** Nothing listens any more; what is open is cut. */
  goDown(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

export async function startFakeSystem(options: FakeSystemOptions = {}): Promise<FakeSystem> {
  const { apiKey = 'secret', integrationUser = 'portreeve', caseType = 'change-of-address' } = options
  const store = openStore({ ...options, integrationUser })
  const behaviours = new HttpBehaviours()
  const requests = { write: 0, read: 0 }
  const closing = new AbortController()
  const server = createServer(createListener({ store, behaviours, requests, apiKey, caseType, signal: closing.signal }))
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', () => resolve())
    })
  const goDown = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  await listen(options.port ?? 0)
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    persons: store.persons,
    setPersons: store.setPersons,
    cases: store.cases,
    changeStatus: (caseId, status, words, by = 'clerk') => store.changeStatus(caseId, status, words, by),
    history: store.history,
    requests: () => ({ ...requests }),
    misbehave: (...given) => behaviours.set(...given),
    goDown,
    comeBack: () => listen(port),
    async close() {
      closing.abort()
      await goDown()
    },
  }
}

export type { FakeCase, FakeEffect, FakePerson, FakeStatus } from './fake-system/store.ts'
