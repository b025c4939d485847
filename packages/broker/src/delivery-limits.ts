import type { DeliveryRoute } from '@portreeve/configuration'
import type { DeliveryLimits } from '@portreeve/core'

/** How the receivers of a route are spared, and what a batch holds at most. */
export function deliveryLimits(
  { batch: { maxMessages }, limits: { maxPerMinute, expireAfterHours } }: DeliveryRoute,
  maxBytes: number,
): Partial<DeliveryLimits> {
  return {
    maxMessages,
    maxBytes,
    ...(maxPerMinute !== undefined && { maxPerMinute }),
    ...(expireAfterHours !== undefined && { expireAfterMs: expireAfterHours * 3_600_000 }),
  }
}
