import type { CaseStore, FakeCase, FakeEffect, FakeStatus, HttpAnswer } from '@portreeve/adapter-sdk/stand-in'

interface ListOptions {
  readonly store: CaseStore
  readonly serviceCode: string
  readonly pageSize: number
}

const states: Readonly<Record<FakeStatus, readonly [status: 'open' | 'closed', code: string | null]>> = {
  new: ['open', null],
  'in-progress': ['open', 'in_progress'],
  resolved: ['closed', 'fixed'],
  rejected: ['closed', 'no_further_action'],
}

/** Requests as they stand, by the second of their last change. */
export function listRequests(asked: URLSearchParams, { store, serviceCode, pageSize }: ListOptions): HttpAnswer {
  const reference = asked.get('external_reference')
  const after = asked.get('updated_after') ?? ''
  const size = Math.min(Number(asked.get('page_size') ?? pageSize), pageSize)
  const page = Number(asked.get('page') ?? 1)
  const ofService = (asked.get('service_code') ?? serviceCode) === serviceCode
  const found = requestsOf(store, serviceCode)
    .filter((request) => reference === null || request.external_reference === reference)
    .filter((request) => ofService && request.updated_datetime >= after)
  return { status: 200, body: found.slice((page - 1) * size, page * size) }
}

function requestsOf(store: CaseStore, serviceCode: string) {
  const first = new Map<string, FakeEffect>()
  const last = new Map<string, FakeEffect>()
  for (const effect of store.history()) {
    if (!first.has(effect.caseId)) first.set(effect.caseId, effect)
    last.set(effect.caseId, effect)
  }
  return store
    .cases()
    .map((known) => toRequest(known, serviceCode, first.get(known.caseId), last.get(known.caseId)))
    .sort((a, b) => (a.updated_datetime < b.updated_datetime ? -1 : a.updated_datetime > b.updated_datetime ? 1 : 0))
}

function toRequest(known: FakeCase, serviceCode: string, first?: FakeEffect, last?: FakeEffect) {
  const [status, code] = states[known.status]
  return {
    service_request_id: Number(known.caseId),
    external_reference: known.externalReference,
    status,
    external_status_code: code,
    status_notes: known.words ?? null,
    service_code: serviceCode,
    requested_datetime: inSeconds(first?.at),
    updated_datetime: inSeconds(last?.at),
    updated_by: last?.by ?? null,
  }
}

function inSeconds(at = ''): string {
  return `${at.slice(0, 19)}Z`
}
