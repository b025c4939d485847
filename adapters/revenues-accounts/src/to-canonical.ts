import type { Emitted } from '@portreeve/adapter-sdk'
import type { AddressUpdateAnswered } from '@portreeve/model'
import { markOf } from './change-cursor.ts'
import type { ChangeColumns } from './config.ts'
import type { Change } from './vendor-types.ts'

export const addressUpdateAnswered = 'customer.address-update.answered'

const mostWords = 2000

export interface AnswerHead {
  /** Label of the instance. */
  readonly system: string
  readonly appliedStatus: ChangeColumns['appliedStatus']
}

/** A decided change as their own word on the request. Pure: the same row is the same message. */
export function toCanonical(change: Change, { system, appliedStatus }: AnswerHead): Emitted {
  const { externalReference: requestId, accountRef, status: code, changedAt } = change
  const status = code === appliedStatus ? 'confirmed' : 'rejected'
  const words = change.statusWords
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, mostWords)
  const answeredAt = toUtc(changedAt)
  const answer: AddressUpdateAnswered = {
    system,
    requestId,
    status,
    ...(accountRef !== '' && { systemReference: accountRef }),
    code,
    ...(words !== '' && { words }),
    ...(answeredAt !== null && { answeredAt }),
  }
  return {
    type: addressUpdateAnswered,
    idSeed: [requestId, system, status, changedAt.replace(/[^\w.:+-]+/g, 'T'), markOf(change).mark].join('/'),
    key: requestId,
    attributes: { origin: system, channel: 'system' },
    contentType: 'application/json',
    body: new TextEncoder().encode(JSON.stringify(answer)),
  }
}

/** `null` for a time without a zone, which says when it was only to those who know the zone. */
function toUtc(text: string): string | null {
  const [, day, time, zone = ''] = /^(\d{4}-\d\d-\d\d)[ T]([\d:.]+)(Z|[+-]\d\d(?::?\d\d)?)$/.exec(text) ?? []
  if (day === undefined) return null
  const moment = new Date(`${day}T${time}${/^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone}`)
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString()
}
