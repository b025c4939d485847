import { parseJson, unreadable } from '@portreeve/adapter-sdk'
import { type HttpResponse, httpRequest } from '@portreeve/endpoints'
import { faultOf } from './errors.ts'
import { type NewRecord, problemAnswer, recordAnswer, recordsAnswer } from './vendor-types.ts'

export interface ClientOptions {
  /** Label of the instance, for what is told of it. */
  readonly system: string
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly apiKey: string
  readonly timeoutMs: number
  readonly maxBodyBytes: number
  readonly now: () => Date
}

/** What the system makes of a new record: it has it, now or since an earlier sending, or says why not. */
export type Taken = { readonly recordId: string } | { readonly refusedWith: string }

/** Speaks HTTP to the system. Knows records, no canonical message. Rejects with `PRV_ENDPOINTS_…` and `PRV_ADAPTER_…`. */
export class SystemClient {
  readonly #options: ClientOptions

  constructor(options: ClientOptions) {
    this.#options = options
  }

  /** A record of the same external reference is not made a second time. */
  async addRecord(newRecord: NewRecord, signal: AbortSignal): Promise<Taken> {
    const response = await this.#exchange('POST', '/records', signal, newRecord)
    if ([400, 413, 422].includes(response.status)) return { refusedWith: codeOf(response) }
    if (![200, 201].includes(response.status)) throw this.#fault(response, '/records')
    const { recordId, externalReference } = this.#read(response, recordAnswer)
    if (externalReference === newRecord.externalReference) return { recordId }
    throw unreadable(this.#options.system, 'it names the record of another reference')
  }

  /** The record that an external reference stands for; `null` when the system never saw it. */
  async findRecord(externalReference: string, signal: AbortSignal): Promise<string | null> {
    const response = await this.#exchange('GET', `/records?${new URLSearchParams({ externalReference })}`, signal)
    if (response.status !== 200) throw this.#fault(response, '/records')
    const { records } = this.#read(response, recordsAnswer)
    if (records.some((found) => found.externalReference !== externalReference)) {
      throw unreadable(this.#options.system, 'it names the record of another reference')
    }
    return records[0]?.recordId ?? null
  }

  /** Asks for a record that cannot be: shows that the system is there and the login right. Writes nothing. */
  async check(signal: AbortSignal): Promise<void> {
    await this.findRecord('portreeve-check', signal)
  }

  #fault(response: HttpResponse, path: string): Error {
    const { system, baseUrl, now } = this.#options
    return faultOf(response, { system, url: baseUrl + path, now: now() })
  }

  #read<Answer>({ body }: HttpResponse, form: Form<Answer>): Answer {
    const value = parseJson(body)
    if (form.Check(value)) return value
    const fault = value === undefined ? 'it is no JSON' : 'it is not of the form that was agreed'
    throw unreadable(this.#options.system, fault)
  }

  async #exchange(method: string, path: string, signal: AbortSignal, body?: object): Promise<HttpResponse> {
    const { baseUrl, apiKey, timeoutMs, maxBodyBytes } = this.#options
    const headers = { authorization: `Bearer ${apiKey}`, accept: 'application/json' }
    const request = { method, url: baseUrl + path, headers, timeoutMs, maxBodyBytes, signal }
    if (!body) return await httpRequest(request)
    const bytes = Buffer.from(JSON.stringify(body))
    const about = { 'content-type': 'application/json', 'content-length': String(bytes.byteLength) }
    return await httpRequest({ ...request, headers: { ...headers, ...about }, body: bytes })
  }
}

/** The form of an answer. */
interface Form<Answer> {
  Check(value: unknown): value is Answer
}

/** A code is shown and kept; a sentence in its place might hold anything. */
function codeOf({ status, body }: HttpResponse): string {
  const problem = parseJson(body)
  return problemAnswer.Check(problem) ? problem.code : `HTTP ${status}`
}
