import type { CaseStore, HttpAnswer, StandInRequest } from '@portreeve/adapter-sdk/stand-in'
import { findAccount } from './find-account.ts'
import { listRequests } from './list-requests.ts'

export interface DeskOptions {
  readonly store: CaseStore
  readonly apiKey: string
  readonly serviceCode: string
  readonly tokenAsks: number
  readonly pageSize: number
}

/** A form that is filed behind a token. */
interface Waiting {
  readonly form: URLSearchParams
  asksLeft: number
}

const externalReference = 'attribute[external_reference]'

/** What the CRM answers when it behaves well. What waits behind a token is forgotten over a restart. */
export function openDesk(options: DeskOptions): (request: StandInRequest) => HttpAnswer {
  const { store, apiKey, tokenAsks } = options
  const waiting = new Map<string, Waiting>()

  function take(form: URLSearchParams): HttpAnswer {
    const reference = form.get(externalReference) ?? ''
    if (tokenAsks === 0 || store.find(reference)) return file(form, options)
    const token = `T-${reference}`
    if (!waiting.has(token)) waiting.set(token, { form, asksLeft: tokenAsks })
    return { status: 200, body: [{ token }] }
  }

  function resolve(token: string): HttpAnswer {
    const found = waiting.get(token)
    if (!found) return failed(404, 'token_unknown', 'There is no such token.')
    found.asksLeft -= 1
    return found.asksLeft > 0 ? { status: 200, body: [{ token, service_request_id: '' }] } : file(found.form, options)
  }

  return ({ method, path, query, body }) => {
    const form = new URLSearchParams(method === 'POST' ? body : query)
    if (form.get('api_key') !== apiKey) return failed(403, 'api_key', 'The api_key is missing or wrong.')
    if (method === 'POST' && path === '/requests.json') return take(form)
    if (method === 'GET' && path === '/requests.json') return listRequests(form, options)
    const [, token] = /^\/tokens\/(.+)\.json$/.exec(path) ?? []
    return token === undefined
      ? failed(404, 'no_such_page', 'There is nothing here.')
      : resolve(decodeURIComponent(token))
  }
}

function file(form: URLSearchParams, { store, serviceCode }: DeskOptions): HttpAnswer {
  const reference = form.get(externalReference) ?? ''
  const known = store.find(reference)
  if (known) return filed(known.caseId)
  if (form.get('service_code') !== serviceCode) return failed(400, 'service_code', 'There is no such service.')
  const found = findAccount(store.persons(), form)
  if ('code' in found) return { status: 400, body: [found] }
  const newPostcode = form.get('attribute[new_postcode]')
  const { caseId } = store.open({
    externalReference: reference,
    personReference: found.accountId,
    newAddress: form.get('address_string') ?? '',
    ...(newPostcode !== null && { newPostcode }),
  })
  return filed(caseId)
}

/** Its own examples have numbers where the specification says text. */
function filed(caseId: string): HttpAnswer {
  return { status: 200, body: [{ service_request_id: Number(caseId), service_notice: '' }] }
}

function failed(status: number, code: string, description: string): HttpAnswer {
  return { status, body: [{ code, description }] }
}
