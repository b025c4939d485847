import { type Static, Type } from 'typebox'
import { atLeastOne } from '../at-least-one.ts'
import { postcode } from '../identifiers/postcode.ts'
import { uprn } from '../identifiers/uprn.ts'
import { usrn } from '../identifiers/usrn.ts'
import type { Immutable } from '../immutable.ts'
import { named } from '../named.ts'

const source = 'BS7666-v2-0'

const range = (which: string) =>
  Type.Object(
    {
      number: Type.String({ pattern: '^[1-9][0-9]{0,3}$', description: `House number, 1 to 9999. ${source}, Number.` }),
      suffix: Type.Optional(Type.String({ pattern: '^[A-Z]$', description: `Letter after it. ${source}, Suffix.` })),
    },
    {
      additionalProperties: false,
      title: 'RangeEnd',
      description: `${which} of a range of numbers. ${source}, AONrangeStructure.`,
    },
  )

const addressableObjectName = (which: string) =>
  Type.Object(
    {
      startRange: Type.Optional(range('First, or only, number')),
      endRange: Type.Optional(range('Last number')),
      description: Type.Optional(
        Type.String({ minLength: 1, maxLength: 90, description: `Name, such as FLAT 2. ${source}, Description.` }),
      ),
    },
    {
      additionalProperties: false,
      title: 'AddressableObjectName',
      ...atLeastOne('startRange', 'description'),
      description: `${which} ${source}, AONstructure.`,
    },
  )

const name = (maxLength: number, sentence: string, element: string) =>
  Type.String({ title: `Name${maxLength}`, minLength: 1, maxLength, description: `${sentence} ${source}, ${element}.` })

/** Structured address in the words of BS7666-v2-0.xsd, BSaddressStructure; UPRN and USRN under their own names. */
export const bs7666AddressSchema = Type.Object(
  {
    saon: Type.Optional(addressableObjectName('Secondary addressable object: the flat or unit within a building.')),
    paon: addressableObjectName('Primary addressable object: the building.'),
    streetDescription: name(100, 'Street.', 'StreetDescription'),
    usrn: Type.Optional(usrn.schema),
    locality: Type.Optional(name(35, 'Locality.', 'Locality')),
    town: Type.Optional(name(30, 'Town.', 'Town')),
    administrativeArea: Type.Optional(name(30, 'Administrative area.', 'AdministrativeArea')),
    postTown: Type.Optional(name(30, 'Post town.', 'PostTown')),
    postcode: Type.Optional(postcode.schema),
    uprn: Type.Optional(uprn.schema),
  },
  {
    ...named('Bs7666Address', 1),
    additionalProperties: false,
    ...atLeastOne('locality', 'town', 'administrativeArea'),
    description: `Structured address. ${source}, BSaddressStructure.`,
  },
)

export type Bs7666Address = Immutable<Static<typeof bs7666AddressSchema>>

/** The same inside another schema, which may hold several: only a schema of its own has an `$id`. */
export function bs7666Address(sentence: string) {
  const { $id: _id, ...schema } = bs7666AddressSchema as typeof bs7666AddressSchema & { readonly $id: string }
  return Type.Unsafe<Static<typeof bs7666AddressSchema>>({
    ...schema,
    description: `${sentence} ${source}, BSaddressStructure.`,
  })
}
