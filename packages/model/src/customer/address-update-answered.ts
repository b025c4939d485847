import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { named } from '../named.ts'
import { populatedText } from '../text.ts'
import { candidateSchema } from './candidate.ts'

/** What a back office can say of a change of address that it was handed. */
export const addressUpdateStatuses = ['in-progress', 'confirmed', 'rejected', 'no-match', 'several-matches'] as const

/** Body of `customer.address-update.answered`: a back office says what it did with a change that it was handed. */
export const addressUpdateAnsweredSchema = Type.Object(
  {
    system: populatedText('Label of the system that says so.', 'Portreeve'),
    requestId: populatedText('Id of the request that it speaks of, as the system was given it.', 'Portreeve'),
    status: Type.Enum(addressUpdateStatuses, {
      type: 'string',
      description: 'What the system did. Anything but in-progress is its last word. Portreeve.',
    }),
    systemReference: Type.Optional(
      populatedText("The system's own reference of what it has: a case, a row, a line.", 'Portreeve'),
    ),
    code: Type.Optional(populatedText("The system's own code.", 'Portreeve')),
    words: Type.Optional(populatedText("The system's own words. May be personal data.", 'Portreeve')),
    answeredAt: Type.Optional(populatedText('When it happened there, in UTC.', 'RFC 3339, date-time')),
    candidates: Type.Optional(
      Type.Array(candidateSchema, { minItems: 1, description: 'Who may be meant. Portreeve.' }),
    ),
  },
  {
    ...named('AddressUpdateAnswered', 1),
    additionalProperties: false,
    description: 'A back office says what it did with a change of address.',
  },
)

export type AddressUpdateAnswered = Immutable<Static<typeof addressUpdateAnsweredSchema>>
