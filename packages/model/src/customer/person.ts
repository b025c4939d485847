import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { populatedText } from '../text.ts'
import { date } from './date.ts'

const source = 'PersonDescriptiveTypes-v1-1'
const name = (sentence: string, element: string) =>
  Type.String({ title: 'PersonName', minLength: 1, maxLength: 70, description: `${sentence} ${source}, ${element}.` })

const properties = {
  personTitle: Type.Optional(name('Title, such as Ms.', 'PersonNameTitle')),
  personGivenName: name('Given names, as the person writes them.', 'PersonGivenName'),
  personFamilyName: name('Family name.', 'PersonFamilyName'),
  personBirthDate: Type.Optional(date('Date of birth.', `${source}, PersonBirthDate`)),
}

/** A member of a household, in the words of the GovTalk person schemas. */
export const personSchema = Type.Object(properties, {
  additionalProperties: false,
  title: 'Person',
  description: `A person. ${source}, PersonNameStructure.`,
})

/** The person who tells, and how to reach them. */
export const tellerSchema = Type.Object(
  {
    ...properties,
    customer: Type.Optional(populatedText("The council's own reference of the person, where known.", 'Portreeve')),
    emailAddress: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9!#%&*+/=?_.-]{1,64}@[A-Za-z0-9.-]{1,189}$',
        description: 'Where the acknowledgement goes. ContactTypes-v1-3, EmailAddress.',
      }),
    ),
    telNationalNumber: Type.Optional(
      Type.String({
        pattern: '^[0-9+() -]{3,35}$',
        description: 'Telephone. ContactTypes-v1-3, TelNationalNumber.',
      }),
    ),
  },
  {
    additionalProperties: false,
    title: 'Teller',
    description: `The person who tells. ${source}, PersonNameStructure.`,
  },
)

export type Person = Immutable<Static<typeof personSchema>>
export type Teller = Immutable<Static<typeof tellerSchema>>
