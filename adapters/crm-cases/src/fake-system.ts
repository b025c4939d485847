import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type CaseStoreOptions,
  caseSystemParts,
  type FakeCaseSystem,
  type FakeCaseSystemOptions,
  HttpBehaviours,
  openCaseStore,
  standInListener,
} from '@portreeve/adapter-sdk/stand-in'
import { openDesk } from './fake-system/desk.ts'

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
export type FakeSystemOptions = FakeCaseSystemOptions & Pick<CaseStoreOptions, 'persons' | 'file' | 'now'>

export type FakeSystem = FakeCaseSystem

export async function startFakeSystem(options: FakeSystemOptions = {}): Promise<FakeSystem> {
  const { apiKey = 'secret', integrationUser = 'portreeve', caseType = 'change-of-address' } = options
  const store = openCaseStore({ ...options, integrationUser, caseIdOf: (number) => `C-${number}` })
  const behaviours = new HttpBehaviours()
  const requests = { write: 0, read: 0 }
  const closing = new AbortController()
  const answer = openDesk({ store, apiKey, caseType })
  const server = createServer(standInListener({ behaviours, requests, answer, signal: closing.signal }))
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
    ...caseSystemParts(store, behaviours),
    baseUrl: `http://127.0.0.1:${port}`,
    requests: () => ({ ...requests }),
    goDown,
    comeBack: () => listen(port),
    async close() {
      closing.abort()
      await goDown()
    },
  }
}

export type { FakeCase, FakeEffect, FakePerson, FakeStatus } from '@portreeve/adapter-sdk/stand-in'
