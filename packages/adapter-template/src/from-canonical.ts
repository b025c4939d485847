import type { AddressUpdateRequested } from '@portreeve/model'
import type { NewRecord } from './vendor-types.ts'

export const accepted = 'customer.address-update.requested'

/** A message as the system's record: here as it is. Pure: the same message makes the same record. */
export function toRecord(body: AddressUpdateRequested, externalReference: string): NewRecord {
  return { externalReference, details: body }
}
