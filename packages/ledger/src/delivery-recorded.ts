import { type DeliveryRecorded, isDeliveryRecorded } from '@portreeve/model'

/** Type of the records that tell what became of a batch at a receiver; events of one receiver stand in one partition. */
export const deliveryRecorded = 'portreeve.delivery.recorded'

export type { DeliveryRecorded }
export type DeliveryOutcome = DeliveryRecorded['outcomes'][number]

const decoder = new TextDecoder()

/** `null` when the body is no such event. */
export function readDeliveryRecorded(body: Uint8Array): DeliveryRecorded | null {
  try {
    const value: unknown = JSON.parse(decoder.decode(body))
    return isDeliveryRecorded(value) ? value : null
  } catch {
    return null
  }
}
