import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type HttpAnswer,
  type HttpBehaviour,
  HttpBehaviours,
  keepLines,
  type StandInRequest,
  standInListener,
} from '@portreeve/adapter-sdk/stand-in'
import type { NewRecord } from './vendor-types.ts'

/**
 * A stand-in of the system, on the loopback interface. Its API is our invention: put the system's own in its place.
 *
 * - `POST /records`: `{"externalReference","details"}`. 201 and `{"recordId","externalReference"}`; 200 and the same of the
 *   record that has this external reference already; 422 and `{"code"}`.
 * - `GET /records?externalReference=…`: 200, `{"records":[{"recordId","externalReference"}]}`.
 *
 * Login: `authorization: Bearer <key>`, or 401.
 */
export interface FakeSystem {
  readonly baseUrl: string
  /** What it has, oldest first. */
  records(): readonly NewRecord[]
  /** From now on a record of this external reference is refused. */
  refuse(externalReference: string): void
  /** What it does from now on instead of answering well; nothing: it answers well. */
  misbehave(...behaviours: readonly HttpBehaviour[]): void
  goDown(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

export interface FakeSystemOptions {
  /** Default `secret`. */
  readonly apiKey?: string
  /** Default: a free one. */
  readonly port?: number
  /** What it remembers over restarts. Default: nothing. */
  readonly file?: string
}

export async function startFakeSystem(options: FakeSystemOptions = {}): Promise<FakeSystem> {
  const { apiKey = 'secret', file } = options
  const records: NewRecord[] = []
  const kept = keepLines<NewRecord>(file, (record) => records.push(record))
  const refused = new Set<string>()
  const behaviours = new HttpBehaviours()
  const closing = new AbortController()

  const answer = ({ method, path, query, authorization, body }: StandInRequest): HttpAnswer => {
    if (authorization !== `Bearer ${apiKey}`) return { status: 401, body: { code: 'login' } }
    const described = (index: number) => ({
      recordId: `R-${index + 1}`,
      externalReference: records[index]?.externalReference,
    })
    const find = (reference: string | null) => records.findIndex((record) => record.externalReference === reference)
    switch (`${method} ${path}`) {
      case 'GET /records': {
        const found = find(query.get('externalReference'))
        return { status: 200, body: { records: found === -1 ? [] : [described(found)] } }
      }
      case 'POST /records': {
        const record: NewRecord = JSON.parse(body)
        const known = find(record.externalReference)
        if (known !== -1) return { status: 200, body: described(known) }
        if (refused.has(record.externalReference)) return { status: 422, body: { code: 'not-wanted' } }
        kept.add(record)
        return { status: 201, body: described(records.length - 1) }
      }
      default:
        return { status: 404, body: { code: 'no-such-page' } }
    }
  }

  const requests = { write: 0, read: 0 }
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
    baseUrl: `http://127.0.0.1:${port}`,
    records: () => [...records],
    refuse: (externalReference) => void refused.add(externalReference),
    misbehave: (...now) => behaviours.set(...now),
    goDown,
    comeBack: () => listen(port),
    async close() {
      closing.abort()
      await goDown()
    },
  }
}
