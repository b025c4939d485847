import { isPairState, type PairState } from './pair-state.ts'

/** Type of the records that tell what became of a batch at a receiver. */
export const deliveryRecorded = 'portreeve.delivery.recorded'

/** Body of such a record. Events of one receiver stand in one partition: their order is the order of what happened. */
export interface DeliveryRecorded {
  readonly receiver: string
  readonly route: string
  readonly batchId: string
  /** RFC 3339, UTC. */
  readonly at: string
  readonly outcomes: readonly DeliveryOutcome[]
}

export interface DeliveryOutcome {
  readonly messageId: string
  readonly state: PairState
  readonly code?: string
  readonly reason?: string
  readonly proof?: string
}

const decoder = new TextDecoder()

/** `null` when the body is no such event. */
export function readDeliveryRecorded(body: Uint8Array): DeliveryRecorded | null {
  const value = parse(body)
  return isDeliveryRecorded(value) ? value : null
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body))
  } catch {
    return null
  }
}

function isDeliveryRecorded(value: unknown): value is DeliveryRecorded {
  if (typeof value !== 'object' || value === null) return false
  const { receiver, route, batchId, at, outcomes }: Partial<Record<keyof DeliveryRecorded, unknown>> = value
  return (
    [receiver, route, batchId].every((text) => typeof text === 'string') &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    Array.isArray(outcomes) &&
    outcomes.every(isOutcome)
  )
}

function isOutcome(value: unknown): value is DeliveryOutcome {
  if (typeof value !== 'object' || value === null) return false
  const { messageId, state, ...texts }: Partial<Record<keyof DeliveryOutcome, unknown>> = value
  return (
    typeof messageId === 'string' &&
    isPairState(state) &&
    [texts.code, texts.reason, texts.proof].every((text) => text === undefined || typeof text === 'string')
  )
}
