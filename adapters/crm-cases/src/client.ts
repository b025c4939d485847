import { parseJson, unreadable } from '@portreeve/adapter-sdk'
import { type HttpResponse, httpRequest } from '@portreeve/endpoints'
import { faultOf } from './errors.ts'
import {
  caseAnswer,
  casesAnswer,
  changesAnswer,
  type NewCase,
  type Party,
  type PartyQuery,
  partiesAnswer,
  problemAnswer,
} from './vendor-types.ts'

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

/** What the CRM makes of a new case: it has it, now or since an earlier sending, or says why not. */
export type Opened = { readonly caseId: string } | { readonly refusedWith: string }

const changesPerPage = 200
const partiesPerAnswer = 21

/** Speaks HTTP to the CRM. Knows parties and cases, no canonical message. Rejects with `PRV_ENDPOINTS_…` and `PRV_ADAPTER_…`. */
export class CasesClient {
  readonly #options: ClientOptions

  constructor(options: ClientOptions) {
    this.#options = options
  }

  async findParties(
    query: PartyQuery,
    signal: AbortSignal,
  ): Promise<{ readonly parties: readonly Party[]; readonly more: boolean }> {
    const { parties, more = false } = await this.#ask(
      '/parties',
      { ...query, limit: `${partiesPerAnswer}` },
      partiesAnswer,
      signal,
    )
    return { parties, more }
  }

  /** A case of the same external reference is not opened a second time. */
  async openCase(newCase: NewCase, signal: AbortSignal): Promise<Opened> {
    const response = await this.#exchange('POST', '/cases', signal, newCase)
    if ([400, 413, 422].includes(response.status)) return { refusedWith: codeOf(response) }
    if (![200, 201, 409].includes(response.status)) throw this.#fault(response, '/cases')
    const { caseId, externalReference } = this.#read(response, caseAnswer)
    // A conflict may be about something else, and only the reference says that it is about this case.
    const isOurs = externalReference === newCase.externalReference
    if (isOurs || (externalReference == null && response.status !== 409)) return { caseId }
    throw unreadable(this.#options.system, 'it names the case of another reference')
  }

  /** The case that an external reference stands for; `null` when the CRM never saw it. */
  async findCase(externalReference: string, signal: AbortSignal): Promise<string | null> {
    const { cases } = await this.#ask('/cases', { externalReference }, casesAnswer, signal)
    if (cases.some((found) => found.externalReference !== externalReference)) {
      throw unreadable(this.#options.system, 'it names the case of another reference')
    }
    return cases[0]?.caseId ?? null
  }

  /** One page of changes behind a place, oldest first. */
  async changesAfter(
    sequence: number,
    signal: AbortSignal,
  ): Promise<{ readonly changes: readonly unknown[]; readonly latest: number }> {
    return await this.#ask('/case-changes', { after: `${sequence}`, limit: `${changesPerPage}` }, changesAnswer, signal)
  }

  /** Asks for a case that cannot be: shows that the CRM is there and the login right. Writes nothing. */
  async check(signal: AbortSignal): Promise<void> {
    await this.findCase('portreeve-check', signal)
  }

  async #ask<Answer>(
    path: string,
    query: Readonly<Record<string, string>>,
    form: Form<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> {
    const response = await this.#exchange('GET', `${path}?${new URLSearchParams(query)}`, signal)
    if (response.status !== 200) throw this.#fault(response, path)
    return this.#read(response, form)
  }

  #fault(response: HttpResponse, path: string): Error {
    const { system, baseUrl, now } = this.#options
    return faultOf(response, { system, url: baseUrl + path, now: now() })
  }

  #read<Answer>({ body }: HttpResponse, form: Form<Answer>): Answer {
    const { system } = this.#options
    if (body.byteLength === 0) throw unreadable(system, 'it is empty')
    const value = parseJson(body)
    if (value === undefined) throw unreadable(system, 'it is no JSON')
    if (!form.Check(value)) throw unreadable(system, 'it is not of the form that was agreed')
    return value
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
