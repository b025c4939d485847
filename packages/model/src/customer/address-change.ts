import { type Static, Type } from 'typebox'
import { bs7666Address } from '../address/bs7666-address.ts'
import type { Immutable } from '../immutable.ts'
import { named } from '../named.ts'
import { date } from './date.ts'
import { personSchema, tellerSchema } from './person.ts'

const word = (description: string) =>
  Type.String({ title: 'Word', pattern: '^[a-z][a-z0-9-]{0,39}$', description: `${description} Portreeve.` })

const consent = Type.Object(
  {
    purpose: word('What the data may be used for: the name of a service, as in tell.'),
    answer: Type.Enum(['given', 'refused'], { type: 'string', description: 'What the person said. Portreeve.' }),
  },
  {
    additionalProperties: false,
    title: 'Consent',
    description: 'What the person said when asked whether their data may be passed on. Portreeve.',
  },
)

/** What a change of address says: the same in the transaction and in what each system is told. */
export const addressChangeProperties = {
  person: tellerSchema,
  oldAddress: bs7666Address('Where the person lived.'),
  newAddress: bs7666Address('Where the person lives now.'),
  movedOn: date('The first day at the new address.', 'Portreeve'),
  household: Type.Optional(
    Type.Array(personSchema, {
      minItems: 1,

      description: 'Who moves with the person who tells. Portreeve.',
    }),
  ),
}

/** Body of `customer.address.changed`: a person says once that they have moved. */
export const addressChangeSchema = Type.Object(
  {
    ...addressChangeProperties,
    consents: Type.Optional(Type.Array(consent, { minItems: 1, description: 'Consents, by purpose. Portreeve.' })),
    tell: Type.Optional(
      Type.Array(word('Name of a service.'), {
        minItems: 1,

        description: 'Which services are to be told. Absent: every one that holds the person. Portreeve.',
      }),
    ),
  },
  {
    ...named('AddressChange', 1),
    additionalProperties: false,
    description: 'A person, with their household, has moved.',
  },
)

export type AddressChange = Immutable<Static<typeof addressChangeSchema>>
