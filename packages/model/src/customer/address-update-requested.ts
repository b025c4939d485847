import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { named } from '../named.ts'
import { populatedText } from '../text.ts'
import { type AddressChange, addressChangeProperties } from './address-change.ts'

/** Body of `customer.address-update.requested`: one system is to take over a change of address. */
export const addressUpdateRequestedSchema = Type.Object(
  {
    system: populatedText('Label of the system that is to be told.', 'Portreeve'),
    personReference: Type.Optional(
      populatedText("The system's own reference of the person, as somebody has chosen it.", 'Portreeve'),
    ),
    ...addressChangeProperties,
  },
  {
    ...named('AddressUpdateRequested', 1),
    additionalProperties: false,
    description: 'A back office is asked to take over a change of address.',
  },
)

export type AddressUpdateRequested = Immutable<Static<typeof addressUpdateRequestedSchema>>

/** What a system is asked, of a transaction: all that says what has changed, and nothing of whom else to tell. */
export function addressUpdateOf(
  change: AddressChange,
  asked: Pick<AddressUpdateRequested, 'system' | 'personReference'>,
): AddressUpdateRequested {
  const names = Object.keys(addressChangeProperties) as (keyof typeof addressChangeProperties)[]
  const said = Object.fromEntries(names.flatMap((name) => (change[name] === undefined ? [] : [[name, change[name]]])))
  return { ...asked, ...said } as AddressUpdateRequested
}
