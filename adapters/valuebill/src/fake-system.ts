import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Behaviour, BehaviourQueue } from './fake-system/behaviour.ts'
import { openDesk } from './fake-system/desk.ts'
import { createListener } from './fake-system/listener.ts'
import { openRegister, type Submission, type TakenReport } from './fake-system/register.ts'

/**
 * A stand-in of the VOA's service for billing authority reports, on the loopback interface. Its API is our invention, as
 * none is public; what it does with a submission is the published code's order of work.
 *
 * - `POST /submissions/{batchId}`: a Valuebill document, `application/xml`. Answers 200 and
 *   `{"submissionId","status":"Done"|"Failed","errors":[{"reportNumber","baTransaction","uprn":[],"errors":[{"errorCode",
 *   "values":[]}]}]}`. One bad report fails all. The same id and bytes give the first answer again, without a second
 *   effect; the same id with other bytes gives 409. An error of the document as a whole has `null` for a report number.
 * - `GET /submissions/{batchId}`: the first answer, or 404 when it never took that id.
 * - `GET /health`: 200. Without a login, or with the right one.
 * - `POST /__behaviour`: one behaviour or a list, as JSON; each is shown until its number of requests is used up.
 *   `GET /__behaviour` tells those that remain.
 * - `PUT /__refusals`: `{"<report number>": "<error code>"}`, refused on business grounds from now on; `*` for a submission as a whole.
 *
 * Login: `Basic BA<four digits>:<password>`, or 401. Larger than 100 MiB: 413. No XML content type: 415.
 */
export interface FakeSystemOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Four digits, as in the login's name. */
  readonly authorityCode: string
  /** Default `secret`. */
  readonly password?: string
  /** Default the clock. */
  readonly now?: () => Date
  /** From the first request on. Default none: it behaves well. */
  readonly misbehave?: Behaviour | readonly Behaviour[]
  /** Report number -> error code, refused on business grounds; `*` stands for the submission as a whole. */
  readonly refuse?: Readonly<Record<string, string>>
  /** Also the stricter rules that the service had until 2019. Default false. */
  readonly olderRules?: boolean
  /** Whether it corrects what it is sent, as the published service does. Default true. */
  readonly corrects?: boolean
  /** Told of each document that goes on to the list system: as it is when it has been corrected and mended. */
  readonly onPassedOn?: (document: string) => void
  /** Where the record is kept over restarts, one submission a line. Default nowhere. */
  readonly file?: string
  /** Told of each submission that is new, once it is in the record and before it is answered. */
  readonly onTaken?: (submission: Submission) => void
}

export interface FakeSystem {
  /** `http://127.0.0.1:<port>` */
  readonly baseUrl: string
  /** Every submission that was answered, in the order in which the first of its requests came. */
  submissions(): readonly Submission[]
  /** Every report that took effect, in order of arrival; the same report twice stands here twice. */
  reports(): readonly TakenReport[]
  /** How often each of `submit`, `lookup` and `health` was asked since the start. */
  requests(): Readonly<Record<'submit' | 'lookup' | 'health', number>>
  /** From the next request on; none means to behave well. Requests under way go on as they began. */
  setBehaviour(...behaviours: readonly Behaviour[]): void
  setRefusals(refuse: Readonly<Record<string, string>>): void
  /** Cuts what is open and stops. What was taken stays in the file. */
  close(): Promise<void>
}

export async function startFakeSystem(options: FakeSystemOptions): Promise<FakeSystem> {
  const now = options.now ?? (() => new Date())
  const register = openRegister(options)
  const desk = openDesk({
    register,
    now,
    authorityCode: options.authorityCode,
    olderRules: options.olderRules ?? false,
    corrects: options.corrects ?? true,
    onPassedOn: options.onPassedOn ?? (() => undefined),
  })
  desk.setRefusals(options.refuse ?? {})
  const behaviours = new BehaviourQueue()
  behaviours.set([options.misbehave ?? []].flat())
  const requests = { submit: 0, lookup: 0, health: 0 }
  const closing = new AbortController()
  const login = `BA${options.authorityCode}:${options.password ?? 'secret'}`
  const server = createServer(createListener({ desk, behaviours, requests, login, signal: closing.signal }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    submissions: register.submissions,
    reports: register.reports,
    requests: () => ({ ...requests }),
    setBehaviour: (...given) => behaviours.set(given),
    setRefusals: desk.setRefusals,
    async close() {
      closing.abort()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      desk.close()
    },
  }
}

export type { Behaviour } from './fake-system/behaviour.ts'
export type { ReportErrors, Submission, TakenReport } from './fake-system/register.ts'
