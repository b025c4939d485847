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
 * A stand-in of a CRM that speaks Open311 GeoReport v2, on the loopback interface; what goes beyond that is our invention.
 *
 * - `POST /requests.json`, a form: service_code, first_name, last_name, address_string, account_id and `attribute[…]`. 200 and
 *   `[{"service_request_id"}]`, or `[{"token"}]`; the same `attribute[external_reference]` again is the same request. The
 *   account is looked for here: 400 and `[{"code":"account_not_found"|"account_ambiguous","description","accounts":[{"account_id",
 *   "first_name","last_name","birth_date","address"}]}]`.
 * - `GET /tokens/<token>.json`: `[{"token","service_request_id"}]`, without a number until it is known; 400 as above.
 * - `GET /requests.json?external_reference=…|updated_after=…&service_code=…&page=…&page_size=…`: `[{"service_request_id",
 *   "external_reference","status","external_status_code","status_notes","service_code","requested_datetime","updated_datetime",
 *   "updated_by"}]`, by updated_datetime, which counts seconds; at or after `updated_after`. A page holds 100 at most.
 *
 * Login: the parameter `api_key`, or 403.
 */
export interface FakeSystemOptions extends FakeCaseSystemOptions, Pick<CaseStoreOptions, 'persons' | 'file' | 'now'> {
  /** Answers with a token, and knows the number when it is asked for the nth time. Default 0: it answers at once. */
  readonly tokenAsks?: number
  /** Most requests of a page. Default 100. */
  readonly pageSize?: number
}

/** The same as that of `crm-cases`. */
export type FakeSystem = FakeCaseSystem

export async function startFakeSystem(options: FakeSystemOptions = {}): Promise<FakeSystem> {
  const { apiKey = 'secret', integrationUser = 'portreeve', caseType = 'change-of-address' } = options
  const { tokenAsks = 0, pageSize = 100 } = options
  const store = openCaseStore({ ...options, integrationUser, caseIdOf: (number) => `${1000 + number}` })
  const behaviours = new HttpBehaviours()
  const requests = { write: 0, read: 0 }
  const closing = new AbortController()
  const answer = openDesk({ store, apiKey, serviceCode: caseType, tokenAsks, pageSize })
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
