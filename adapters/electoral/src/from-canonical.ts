import type { Message } from '@portreeve/envelope'
import type { RecordValues } from '@portreeve/formats'
import { type AddressUpdateRequested, type Bs7666Address, objectName, type Teller } from '@portreeve/model'

export const accepted = ['customer.address-update.requested']

/** A line of the file for each person of the household, by canonical names; the person who tells is number 1. Pure. */
export function linesOf({ envelope }: Message, requested: AddressUpdateRequested): readonly RecordValues[] {
  const { person, household = [], personReference, movedOn, oldAddress, newAddress } = requested
  const persons: readonly Teller[] = [person, ...household]
  return persons.map((each, index) =>
    present({
      requestId: envelope.id,
      reference: envelope.reference,
      personNumber: index + 1,
      personCount: persons.length,
      personReference: index === 0 ? personReference : undefined,
      ...each,
      movedOn,
      ...addressValues('oldAddress', oldAddress),
      ...addressValues('newAddress', newAddress),
    }),
  )
}

function addressValues(prefix: string, { saon, paon, ...address }: Bs7666Address): Record<string, string | undefined> {
  const values = { ...address, saon: saon && objectName(saon), paon: objectName(paon) }
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]))
}

function present(values: Readonly<Record<string, string | number | undefined>>): RecordValues {
  const found: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(values)) if (value !== undefined) found[name] = value
  return found
}
