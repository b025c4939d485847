import type { Emitted } from '@portreeve/adapter-sdk'
import type { AddressUpdateAnswered } from '@portreeve/model'
import type { CaseChange } from './vendor-types.ts'

export const addressUpdateAnswered = 'customer.address-update.answered'

/** A word that a council has added is no last word. */
const statuses: Readonly<Record<string, AddressUpdateAnswered['status']>> = {
  Resolved: 'confirmed',
  Rejected: 'rejected',
}

/** A change of a case's state as the CRM's own word on the request. Pure: the same change is the same message. */
export function toCanonical(change: CaseChange, system: string): Emitted {
  const { sequence, caseId, externalReference: requestId, status: code, resolution, changedAt } = change
  const status = statuses[code] ?? 'in-progress'
  const answeredAt = new Date(changedAt).toISOString()
  const words = resolution?.trim()
  const answer: AddressUpdateAnswered = {
    system,
    requestId,
    status,
    systemReference: caseId,
    code,
    ...(words && { words }),
    answeredAt,
  }
  return {
    type: addressUpdateAnswered,
    idSeed: [requestId, system, status, answeredAt, sequence].join('/'),
    key: requestId,
    attributes: { origin: system, channel: 'system' },
    contentType: 'application/json',
    body: new TextEncoder().encode(JSON.stringify(answer)),
  }
}
