import { emitJsonSchema, messageSchemas } from '@portreeve/model'

/** A type of message that an adapter may take, with its names in the code. */
export interface CanonicalType {
  /** Such as `customer.address.changed`. */
  readonly type: string
  /** Such as `AddressChange`. */
  readonly typeName: string
  /** Such as `addressChange`: its schema has this name and `Schema`. */
  readonly valueName: string
  /** Such as `address-change`: the folder of its example. */
  readonly folder: string
}

/** Every type of the model but the broker's own. */
export function canonicalTypes(): readonly CanonicalType[] {
  return Object.entries(messageSchemas)
    .filter(([type]) => !type.startsWith('portreeve.'))
    .map(([type, schema]) => {
      const { title: typeName = '' } = emitJsonSchema(schema)
      const valueName = typeName.charAt(0).toLowerCase() + typeName.slice(1)
      return { type, typeName, valueName, folder: valueName.replaceAll(/[A-Z]/g, '-$&').toLowerCase() }
    })
}
