import { type TSchema, Type } from 'typebox'
import { text } from '../text.ts'

const closed = { additionalProperties: false }
const contact = 'ContactTypes-v1-3'
const person = 'PersonDescriptiveTypes-v1-1, PersonNameStructure'

/** An element that may come again and again: absent when there is none, never an empty list. */
export function repeated<Item extends TSchema>(item: Item, description: string) {
  return Type.Optional(Type.Array(item, { minItems: 1, description }))
}

const telephone = Type.Object(
  {
    telNationalNumber: text('National number.', `${contact}, TelNationalNumber`),
    telExtensionNumber: Type.Optional(text('Extension.', `${contact}, TelExtensionNumber`)),
    telCountryCode: Type.Optional(text('Country code.', `${contact}, TelCountryCode`)),
    telUse: Type.Optional(text('work or home.', `${contact}, @TelUse`)),
    telMobile: Type.Optional(text('yes or no.', `${contact}, @TelMobile`)),
    telPreferred: Type.Optional(text('yes or no.', `${contact}, @TelPreferred`)),
  },
  { ...closed, description: `One telephone. ${contact}, TelephoneStructure.` },
)

const email = Type.Object(
  {
    emailAddress: text('E-mail address.', `${contact}, EmailAddress`),
    emailUsage: Type.Optional(text('work or home.', `${contact}, @EmailUsage`)),
    emailPreferred: Type.Optional(text('yes or no.', `${contact}, @EmailPreferred`)),
  },
  { ...closed, description: `One e-mail address. ${contact}, EmailStructure.` },
)

const fax = Type.Object(
  {
    faxNationalNumber: text('National number.', `${contact}, FaxNationalNumber`),
    faxExtensionNumber: Type.Optional(text('Extension.', `${contact}, FaxExtensionNumber`)),
    faxCountryCode: Type.Optional(text('Country code.', `${contact}, FaxCountryCode`)),
    faxUse: Type.Optional(text('work or home.', `${contact}, @FaxUse`)),
    faxMobile: Type.Optional(text('yes or no.', `${contact}, @FaxMobile`)),
    faxPreferred: Type.Optional(text('yes or no.', `${contact}, @FaxPreferred`)),
  },
  { ...closed, description: `One fax. ${contact}, FaxStructure.` },
)

const occupierName = Type.Object(
  {
    personNameTitle: repeated(text('Title.', person), `Titles, in order. ${person}.`),
    personGivenName: repeated(text('Given name.', person), `Given names, in order. ${person}.`),
    personFamilyName: text('Family name.', person),
    personNameSuffix: repeated(text('Suffix.', person), `Suffixes, in order. ${person}.`),
    personRequestedName: Type.Optional(text('What the person wants to be called.', person)),
  },
  { ...closed, description: `Name of a person. ${person}.` },
)

const contactAddress = Type.Object(
  {
    line: Type.Array(text('One line.', 'AddressTypes-v2-0, Line'), {
      minItems: 1,
      description: 'Lines, in order. AddressTypes-v2-0, UKPostalAddressStructure.',
    }),
    postCode: Type.Optional(text('Postcode.', 'AddressTypes-v2-0, PostCode')),
  },
  { ...closed, description: 'Where the occupier gets letters. AddressTypes-v2-0, UKPostalAddressStructure.' },
)

const occupierContactNos = Type.Object(
  {
    telephone: repeated(telephone, 'Telephones, in order. VBcommon-v3-1d, ContactDetailsStructure.'),
    email: repeated(email, 'E-mail addresses, in order. VBcommon-v3-1d, ContactDetailsStructure.'),
    fax: repeated(fax, 'Faxes, in order. VBcommon-v3-1d, ContactDetailsStructure.'),
  },
  { ...closed, description: 'How to reach the occupier. VBcommon-v3-1d, ContactDetailsStructure.' },
)

/** VBcommon-v3-1d.xsd, OccupierContactStructure. */
export const occupierContactSchema = Type.Object(
  {
    occupierName: Type.Optional(occupierName),
    organisationName: Type.Optional(text('Organisation.', 'VBcommon-v3-1d, OrganisationName')),
    contactAddress: Type.Optional(contactAddress),
    occupierContactNos: Type.Optional(occupierContactNos),
  },
  { ...closed, description: 'Who is in the property. VBcommon-v3-1d, OccupierContactStructure.' },
)
