import { createHash } from 'node:crypto'
import type { Emitted } from '@portreeve/adapter-sdk'
import type { AddressUpdateAnswered } from '@portreeve/model'
import type { ServiceRequest } from './vendor-types.ts'

export const addressUpdateAnswered = 'customer.address-update.answered'

/** Codes of the United Kingdom's extension with which a request is closed and nothing was done. */
export const undone: readonly string[] = [
  'rejected',
  'no_further_action',
  'not_councils_responsibility',
  'duplicate',
  'cancelled',
]

/**
 * A request's state as the CRM's own word on what it was asked. Pure: the same state is the same message. Closed means
 * resolved (GeoReport v2, status), unless a code says that nothing was done.
 */
export function toCanonical(request: ServiceRequest, system: string): Emitted {
  const { service_request_id, external_reference: requestId, external_status_code, status_notes } = request
  const code = external_status_code || request.status
  const status = statusOf(request.status, code)
  const answeredAt = new Date(request.updated_datetime).toISOString()
  const words = status_notes?.trim()
  const answer: AddressUpdateAnswered = {
    system,
    requestId,
    status,
    systemReference: String(service_request_id),
    code,
    ...(words && { words }),
    answeredAt,
  }
  return {
    type: addressUpdateAnswered,
    idSeed: [requestId, system, status, answeredAt, keyOf(request)].join('/'),
    key: requestId,
    attributes: { origin: system, channel: 'system' },
    contentType: 'application/json',
    body: new TextEncoder().encode(JSON.stringify(answer)),
  }
}

function statusOf(status: ServiceRequest['status'], code: string): AddressUpdateAnswered['status'] {
  if (status === 'open') return 'in-progress'
  return undone.includes(code.toLowerCase()) ? 'rejected' : 'confirmed'
}

/** The same request in the same state has the same key. */
export function keyOf(request: ServiceRequest): string {
  const { service_request_id, status, external_status_code, status_notes, updated_datetime } = request
  const state = [service_request_id, status, external_status_code, status_notes, updated_datetime]
  return createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 16)
}
