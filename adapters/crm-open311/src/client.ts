import { parseJson, unreadable } from '@portreeve/adapter-sdk'
import { type HttpResponse, httpRequest } from '@portreeve/endpoints'
import { afterTaking, faultOf, pending } from './errors.ts'
import {
  type Account,
  errorsAnswer,
  filedAnswer,
  type RequestForm,
  requestHead,
  requestsAnswer,
} from './vendor-types.ts'
import { waitForToken } from './wait-for-token.ts'

export interface ClientOptions {
  /** Label of the instance, for what is told of it. */
  readonly system: string
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly apiKey: string
  /** The CRM's own name of the service that requests are about. */
  readonly serviceCode: string
  readonly timeoutMs: number
  readonly maxBodyBytes: number
  readonly now: () => Date
}

/** What the CRM makes of a new request: it has it, now or since an earlier sending, or says why not. */
export type Filed =
  | { readonly requestId: string }
  | { readonly refusedWith: string; readonly accounts: readonly Account[] }

const requestsPerPage = 200

/** Speaks Open311 to the CRM. Knows service requests, no canonical message. Rejects with `PRV_ENDPOINTS_…` and `PRV_ADAPTER_…`. */
export class Open311Client {
  readonly #options: ClientOptions

  constructor(options: ClientOptions) {
    this.#options = options
  }

  /** A request of the same external reference is not filed a second time. Where the CRM answers with a token, it is waited for. */
  async file(form: RequestForm, externalReference: string, signal: AbortSignal): Promise<Filed> {
    const { system, apiKey, serviceCode } = this.#options
    const fields = new URLSearchParams({ api_key: apiKey, service_code: serviceCode })
    for (const [name, value] of form) fields.append(name, value)
    const response = await this.#exchange('POST', '/requests.json', signal, fields.toString())
    const filed = this.#filed(response, '/requests.json', externalReference)
    if (!('token' in filed)) return filed
    const { token } = filed
    const answer = await afterTaking(
      system,
      waitForToken(() => this.#resolve(token, externalReference, signal), signal),
    )
    if (answer === null) throw pending(system, 'its token still stands for nothing')
    return answer
  }

  /** The request that an external reference stands for; `null` when the CRM never saw it. */
  async find(externalReference: string, signal: AbortSignal): Promise<string | null> {
    const [first] = await this.#list({ external_reference: externalReference }, signal)
    if (first === undefined) return null
    const { system } = this.#options
    if (!requestHead.Check(first)) throw unreadable(system, 'a request is not of the form that was agreed')
    if (first.external_reference === externalReference) return String(first.service_request_id)
    throw unreadable(system, 'it names the request of another reference')
  }

  /** One page of the requests that were updated since, oldest change first. Seconds count, nothing below. */
  async updatedSince(since: Date, page: number, signal: AbortSignal): Promise<readonly unknown[]> {
    const updatedAfter = `${since.toISOString().slice(0, 19)}Z`
    const query = { updated_after: updatedAfter, page: `${page}`, page_size: `${requestsPerPage}` }
    return await this.#list({ ...query, service_code: this.#options.serviceCode }, signal)
  }

  /** Asks for a request that cannot be: shows that the CRM is there and the key right. Writes nothing. */
  async check(signal: AbortSignal): Promise<void> {
    await this.find('portreeve-check', signal)
  }

  async #list(query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<readonly unknown[]> {
    const { system, apiKey } = this.#options
    const asked = new URLSearchParams({ api_key: apiKey, ...query })
    const response = await this.#exchange('GET', `/requests.json?${asked}`, signal)
    if (response.status !== 200) throw this.#fault(response, '/requests.json')
    const value = parseJson(response.body)
    if (!requestsAnswer.Check(value)) throw unreadable(system, 'it is no list of requests')
    return value
  }

  /** `null`: it does not know yet. */
  async #resolve(token: string, externalReference: string, signal: AbortSignal): Promise<Filed | null> {
    const asked = new URLSearchParams({ api_key: this.#options.apiKey })
    const response = await this.#exchange('GET', `/tokens/${encodeURIComponent(token)}.json?${asked}`, signal)
    if (response.status === 404) return null
    const filed = this.#filed(response, '/tokens', externalReference)
    return 'token' in filed ? null : filed
  }

  #filed(response: HttpResponse, path: string, externalReference: string): Filed | { readonly token: string } {
    const { status, body } = response
    if ([400, 413, 422].includes(status)) return refusalIn(response)
    if (status !== 200 && status !== 201) throw this.#fault(response, path)
    const { system } = this.#options
    if (body.byteLength === 0) throw unreadable(system, 'it is empty')
    const value = parseJson(body)
    if (!filedAnswer.Check(value)) throw unreadable(system, 'it is not of the form that was agreed')
    const [{ service_request_id: requestId, token, external_reference } = {}] = value
    if (external_reference != null && external_reference !== externalReference) {
      throw unreadable(system, 'it names the request of another reference')
    }
    if (requestId != null && requestId !== '') return { requestId: String(requestId) }
    if (token == null) throw unreadable(system, 'it has neither a number nor a token')
    return { token: String(token) }
  }

  #fault(response: HttpResponse, path: string): Error {
    const { system, baseUrl, now } = this.#options
    return faultOf(response, { system, url: baseUrl + path, now: now() })
  }

  async #exchange(method: string, path: string, signal: AbortSignal, form?: string): Promise<HttpResponse> {
    const { baseUrl, timeoutMs, maxBodyBytes } = this.#options
    const headers = { accept: 'application/json' }
    const request = { method, url: baseUrl + path, headers, timeoutMs, maxBodyBytes, signal }
    if (form === undefined) return await httpRequest(request)
    const body = Buffer.from(form)
    const about = {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'content-length': String(body.byteLength),
    }
    return await httpRequest({ ...request, headers: { ...headers, ...about }, body })
  }
}

/** A code is shown and kept; a sentence in its place might hold anything. */
function refusalIn({ status, body }: HttpResponse): Filed {
  const errors = parseJson(body)
  const [first] = errorsAnswer.Check(errors) ? errors : []
  return { refusedWith: String(first?.code ?? `HTTP ${status}`), accounts: first?.accounts ?? [] }
}
