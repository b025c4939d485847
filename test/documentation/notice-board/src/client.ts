import { type HttpResponse, httpRequest } from '@portreeve/endpoints'
import { PortreeveError } from '@portreeve/errors'
import type { BoardAnswer, Notice } from './vendor-types.ts'

const maxBodyBytes = 65_536

/** Speaks HTTP to the board. Knows notices and answers, no canonical message. */
export class NoticeClient {
  readonly #baseUrl: string
  readonly #timeoutMs: number

  constructor(baseUrl: string, timeoutMs: number) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '')
    this.#timeoutMs = timeoutMs
  }

  /** Writes nothing. */
  async check(signal: AbortSignal): Promise<void> {
    const { status } = await this.#exchange('GET', '/health', signal)
    if (status !== 200) throw this.#noAnswer('GET', '/health', `status ${status}`)
  }

  /** Puts a notice up; the same id again changes nothing. Rejects with `PRV_ENDPOINTS_HTTP_…`. */
  async put(id: string, notice: Notice, signal: AbortSignal): Promise<BoardAnswer> {
    const path = `/notices/${encodeURIComponent(id)}`
    const { status, body } = await this.#exchange('PUT', path, signal, Buffer.from(JSON.stringify(notice)))
    if (status !== 200 && status !== 422) throw this.#noAnswer('PUT', path, `status ${status}`)
    try {
      return JSON.parse(Buffer.from(body).toString())
    } catch {
      // Perhaps a page of a proxy's: nobody knows what the board did.
      throw this.#noAnswer('PUT', path, 'an answer that is no JSON')
    }
  }

  async #exchange(method: string, path: string, signal: AbortSignal, body?: Uint8Array): Promise<HttpResponse> {
    const headers = { 'content-type': 'application/json' }
    const request = { method, url: this.#baseUrl + path, timeoutMs: this.#timeoutMs, maxBodyBytes, signal }
    return await httpRequest(body ? { ...request, headers, body } : request)
  }

  #noAnswer(method: string, path: string, fault: string): PortreeveError {
    return new PortreeveError('PRV_ENDPOINTS_HTTP_NO_ANSWER', { method, url: this.#baseUrl + path, fault })
  }
}
