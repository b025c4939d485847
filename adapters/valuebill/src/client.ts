import { type HttpResponse, httpRequest } from '@portreeve/endpoints'
import type { SubmissionAnswer } from './answer.ts'
import { type Exchange, type Fault, isFault, readResponse } from './errors.ts'

export interface ClientOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string
  /** Four digits; the login's name is `BA` and these. */
  readonly billingAuthorityCode: string
  readonly password: string
  readonly timeoutMs: number
  readonly maxBodyBytes: number
  readonly now: () => Date
}

/** A document on its way. */
export interface Submission {
  readonly submissionId: string
  readonly document: Uint8Array
  readonly reports: number
}

/** Speaks HTTP to the VOA's service. Knows documents and answers, no canonical message. */
export class ValuebillClient {
  readonly #options: ClientOptions
  readonly #user: string
  readonly #authorization: string

  constructor(options: ClientOptions) {
    this.#options = options
    this.#user = `BA${options.billingAuthorityCode}`
    this.#authorization = `Basic ${Buffer.from(`${this.#user}:${options.password}`).toString('base64')}`
  }

  /** Rejects as `httpRequest` does; what the service says, good or bad, is the result. */
  async submit(
    { submissionId, document, reports }: Submission,
    signal: AbortSignal,
  ): Promise<SubmissionAnswer | Fault> {
    const response = await this.#exchange('POST', submissionId, signal, document)
    return readResponse(response, this.#about(submissionId, reports, document.byteLength), this.#options.now())
  }

  /** What became of an earlier submission; `null` when the service never saw it. Rejects as `httpRequest` does. */
  async lookup(submissionId: string, reports: number, signal: AbortSignal): Promise<SubmissionAnswer | Fault | null> {
    const response = await this.#exchange('GET', submissionId, signal)
    if (response.status === 404) return null
    return readResponse(response, this.#about(submissionId, reports, 0), this.#options.now())
  }

  /** Asks for a submission that cannot exist: shows that the service is there and the login right. Writes nothing. */
  async check(signal: AbortSignal): Promise<void> {
    const result = await this.lookup('0'.repeat(64), 0, signal)
    if (result !== null && isFault(result)) throw result.error
  }

  #about(submissionId: string, reports: number, sizeBytes: number): Exchange {
    const { origin, pathname } = new URL(this.#options.baseUrl)
    return { url: origin + pathname, user: this.#user, submissionId, reports, sizeBytes }
  }

  async #exchange(method: string, submissionId: string, signal: AbortSignal, body?: Uint8Array): Promise<HttpResponse> {
    const { baseUrl, timeoutMs, maxBodyBytes } = this.#options
    return await httpRequest({
      method,
      url: `${baseUrl}/submissions/${encodeURIComponent(submissionId)}`,
      headers: {
        authorization: this.#authorization,
        accept: 'application/json',
        ...(body && { 'content-type': 'application/xml', 'content-length': String(body.byteLength) }),
      },
      ...(body && { body }),
      timeoutMs,
      maxBodyBytes,
      signal,
    })
  }
}
